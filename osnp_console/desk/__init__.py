"""This workstation: its folders, its settings, its secrets, its log."""
