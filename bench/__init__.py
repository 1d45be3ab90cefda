"""Measures the program against plain SQL, other libraries and itself: `python -m bench --help`."""
