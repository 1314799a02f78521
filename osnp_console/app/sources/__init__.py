"""Agendas declared as sources: their declaration, their state, their words."""
