"""Calls: taken, typed, kept, shared between desks, read again."""
