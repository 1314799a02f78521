"""The headless commands of the contract.

May import the domain and app; what reads files is handed in by bootstrap.
"""
