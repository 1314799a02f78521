"""The column of the slots: bands, rows, the chosen one's detail, agendas, or why there is nothing.

May import app, domain, theme, widgets and what the checklist paints its rows with.
"""
