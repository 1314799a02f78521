"""The window's frame: rail, top bar, action bar, arrangement of the panels, shortcuts.

It arranges and wires; what a call is and does is decided elsewhere.
"""
