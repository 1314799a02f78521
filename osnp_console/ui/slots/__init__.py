"""The column of the slots: for now what an empty one says, and the ways on.

May import app, domain, theme and widgets.
"""
