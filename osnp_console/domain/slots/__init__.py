"""Slots: what a source announces, who may have it, until when, in which order it is proposed.

Standard library and the other modules of domain only.
"""
