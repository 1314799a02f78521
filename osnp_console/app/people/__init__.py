"""Accounts, who sits at the desk, and what each may do."""
