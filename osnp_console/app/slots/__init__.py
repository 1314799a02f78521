"""Slots gathered from every source, ranked and shown."""
