"""A practice's published free slots: an iCalendar file, by its https address or on this workstation."""
