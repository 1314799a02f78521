"""The workspace Suivi: find a call again, read it, take it up again."""
