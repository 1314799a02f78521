"""Panes that are read, not filled in: lists of rows and sheets of labelled lines."""
