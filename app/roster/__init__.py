"""What a roster file would change: its rows and what is already known in, a plan out; pure."""
