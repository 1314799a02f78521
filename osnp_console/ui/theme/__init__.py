"""Colours, sizes, fonts and marks; the only place where a colour is written in hexadecimal."""
