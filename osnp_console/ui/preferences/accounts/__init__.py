"""Réglages, Comptes: who may sign in, and one's own password."""
