"""The workspace Dispositifs: find a dispositif, read its sheet, see where each line comes from."""
