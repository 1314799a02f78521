"""The closed vocabulary of criteria: each is a value that judges what is known of a call.

A criterion is frozen and comparable, names the facts it reads (`facts`), and `judge` is pure. Equal
criteria of several dispositifs are therefore judged once.
"""
