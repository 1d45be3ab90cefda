"""A made-up network, as plain rows: pure, and the same for the same seed, size and day.

docs/demonstration.md says what is in it, and which ward shows which finding.
"""
