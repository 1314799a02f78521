"""Agenda sources: one folder a kind (declaration, client, translation), and the editor's simulator.

Imports app, domain, requests, msgspec, icalendar, recurring_ical_events, defusedxml, cryptography.
"""
