"""Plans for people to read and for scripts: what is read, planned, and said in words."""
