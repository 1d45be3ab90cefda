"""Workbook bytes ↔ typed rows. Pure: bytes and values in, bytes and values out."""
