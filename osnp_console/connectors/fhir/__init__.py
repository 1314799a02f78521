"""FHIR R4 searchsets of slots, read with tolerance: the translation first, then the client that asks.

SAS protocol note, sections 2 to 5 and 12. `translation` and what it stands on know no network.
"""
