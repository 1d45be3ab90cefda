"""Reports as files: figures and words in, bytes out; knows no database."""
