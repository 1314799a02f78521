"""Calling a number from the window."""
