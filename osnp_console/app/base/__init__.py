"""The base the calls are kept in: where it is, its care, what other desks tell."""
