"""The YAML of `resources/` and of the site's layer, read, checked and turned into the domain's objects.

May import the domain, app, PyYAML and msgspec.
"""
