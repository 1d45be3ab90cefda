"""What people use: pages, commands and files on top of `models` and `graphs`."""
