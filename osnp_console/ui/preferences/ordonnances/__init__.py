"""Réglages, Ordonnances and Infirmiers: what the site and this desk settle of prescriptions."""
