"""The quarterly report: its sentences, tables and pictures, made of figures that may be frozen."""
