"""`base verifier` on a server: every line and fact, and the ends of the chains as this desk knows them."""

from __future__ import annotations

from osnp_console.app.base.care import BaseReport
from osnp_console.storage.failures import told
from osnp_console.storage.heads import HeadFile, journal_key
from osnp_console.storage.server_engine import be_patient
from osnp_console.storage.server_store import Server, check_site_key, head_place, open_server_store
from osnp_console.storage.verify import report_of


def verify_server(server: Server) -> BaseReport:
    """Everything that is wrong with a base on a server, as of one instant; nothing is changed.

    Pages and indexes are the server's affair. A desk whose head file is gone is told so; one that never
    joined (`Server.joins`) judges the chains as they are. Raises StoreFailure when it cannot be opened.
    """
    store = open_server_store(server, migrate=False)
    try:
        with told():
            with store.engine.connect() as connection:
                heads = head_place(server, check_site_key(connection, server.key)).read(server.key)
            if heads is None and server.joins:
                heads = HeadFile("", "")
            snapshot = store.engine.execution_options(isolation_level="REPEATABLE READ")
            with snapshot.connect() as connection:
                be_patient(connection)
                return report_of(connection, heads, journal_key(server.key))
    finally:
        store.close()
