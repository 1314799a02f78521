"""Ending a call: its outcomes in a list in place, chosen by a letter."""
