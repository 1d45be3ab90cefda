"""One function per rule: standings in, findings out."""
