"""The editor's simulator: a server that speaks the SAS flows and can be told to misbehave.

Written from the protocol note alone, apart from the clients, so that both cannot share a mistake.
"""
