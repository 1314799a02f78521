"""Handing a patient over to a line, on screen: the sending side and the queue of the lines."""
