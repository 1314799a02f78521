"""Communes and where things are."""
