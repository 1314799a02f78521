"""Documents on paper and files for other programs: a dataclass in, bytes out.

Imports app, domain, reportlab, msgspec.
"""
