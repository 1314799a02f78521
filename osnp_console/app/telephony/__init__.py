"""Calling a number from the console: what is dialled, by what, and how it ended."""
