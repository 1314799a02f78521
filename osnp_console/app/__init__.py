"""What a person can ask for, one verb a file, and the few errors that cross rings.

May import the domain, and rapidfuzz.
"""
