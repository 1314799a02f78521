"""Waiting lists on screen: registering from a call, and following who waits."""
