"""Runs the revisions on the connection that the store hands over (alembic executes this file)."""

from __future__ import annotations

from alembic import context

connection = context.config.attributes["connection"]
# All revisions in one transaction, also on SQLite: a failure leaves the base as it was.
context.configure(connection=connection, transactional_ddl=True, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
