"""The form of a call: what the caller says, in the order in which it is asked."""
