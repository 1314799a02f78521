"""The agenda that the console keeps itself."""
