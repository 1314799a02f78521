"""Handing a patient over to a line, on the side that sends and on the side that receives."""
