"""The workspace Transferts: the queue of the lines a desk answers, and the transfer in hand."""
