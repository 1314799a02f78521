"""Handing a patient over to an assistance line: what a line is, and what a transfer may become."""
