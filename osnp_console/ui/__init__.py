"""What the operator sees: the window, its panels and the widgets they are made of.

May import app, domain and PySide6. Lives here: everything that draws or listens to a key. Never: a rule
about care, a file, a clock read on its own.
"""
