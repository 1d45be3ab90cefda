"""What the network tells: rows in, findings and figures out; no database, clock or wording."""
