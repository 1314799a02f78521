"""Keeps the calls and the journal in an encrypted base. The only ring that knows SQLAlchemy.

One file, SQLCipher, a raw 256-bit key that is handed in; where the key comes from is the desk's business.
"""
