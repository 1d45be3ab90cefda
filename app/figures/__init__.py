"""The figures of pages: what is asked of the database, drawn by `graphs.figures`, with words."""
