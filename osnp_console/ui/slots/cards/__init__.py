"""The cards at the top of the slots column while a booking is under way: no dialog, no red.

May import app, domain, theme, widgets and the checklist's wrapping row.
"""
