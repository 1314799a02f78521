"""The directory of professionals."""
