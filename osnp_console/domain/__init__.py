"""What the job is: calls, territories, dispositifs, criteria, verdicts, opening hours.

May import the standard library, and opening-hours-py and phonenumbers each behind one module.
Reads no clock, no disk, no network: time and data are passed in.
"""
