"""The workspace Réglages: what a desk settles once, applied on leaving each field."""
