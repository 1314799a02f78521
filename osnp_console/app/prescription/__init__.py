"""Sending a nurse: the prescription written, validated by a doctor, printed, sent, kept and found again."""
