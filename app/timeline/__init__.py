"""The history of a person or a pairing, as lines that people read."""
