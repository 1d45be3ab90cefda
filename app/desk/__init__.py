"""What follows from the rows of a desk: who sits there when, and what its sessions tell."""
