"""Téléphonie: what dials the numbers that the window shows."""
