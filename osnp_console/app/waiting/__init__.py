"""Waiting lists: who may register and where, the entries followed, the list that the console keeps itself."""
