"""The workspace Ordonnances: prescriptions for a nurse, prepared, validated, printed, sent, found again."""
