"""The local shared agenda: openings by recurrence, single ones, closures, bookings; pure functions of them.

For a CPTS, a CSNP or a line that has no booking software of its own.
"""
