"""Schema revisions: which one a base has, how a new base is made, how an older one is brought up to date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, insert, inspect, select

from osnp_console.storage import (
    account_tables,
    agenda_tables,
    failures,
    prescription_tables,
    proposal_tables,
    site_paper_tables,
    slot_tables,
    tables,
    transfer_tables,
    waiting_tables,
)
from osnp_console.storage.copying import copy_aside
from osnp_console.storage.failures import failure, told
from osnp_console.storage.word_index import index_is_current, rebuild_index

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
REVISIONS = tuple(f"{number:04d}" for number in range(1, 13))
"""Every revision this console knows, oldest first; alembic is imported only to apply one (0.6 s)."""
HEAD = REVISIONS[-1]


def create_schema(connection: Connection) -> None:
    """The newest schema in an empty base."""
    # These tables join the others' metadata when they are imported: named, so that none is forgotten.
    further_tables = (
        slot_tables,
        agenda_tables,
        account_tables,
        proposal_tables,
        transfer_tables,
        waiting_tables,
        prescription_tables,
        site_paper_tables,
    )
    for further in further_tables:
        assert further.metadata is tables.metadata
    tables.metadata.create_all(connection)
    tables.version.create(connection)
    connection.execute(insert(tables.version), {"version_num": HEAD})
    rebuild_index(connection)


def revision_of(connection: Connection) -> str | None:
    """The base's revision; None for a file that is no base of ours."""
    if not inspect(connection).has_table(tables.version.name):
        return None
    return connection.execute(select(tables.version.c.version_num)).scalar()


def check_revision(engine: Engine) -> str:
    """The base's revision; raises StoreFailure `base_plus_recente`, or `base_endommagee` for another file."""
    with engine.connect() as connection:
        revision = revision_of(connection)
    if revision is None:
        raise failure("base_endommagee", failures.NOT_A_BASE)
    if revision not in REVISIONS:
        raise failure("base_plus_recente")
    return revision


def bring_up_to_date(engine: Engine, file: Path, key: bytes) -> Path | None:
    """Migrate an older base; returns the copy made before, None when there was nothing to do.

    All of the migration is one transaction: a failure leaves the base as it was.
    """
    revision = check_revision(engine)
    copy = None
    if revision != HEAD:
        copy = copy_aside(file, key, f".revision-{revision}")
        with engine.connect() as connection:
            # Batch changes rebuild tables: their foreign keys are checked at the end, not while one is away.
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            apply_revisions(connection)
            connection.commit()
    with engine.connect() as connection:
        current = index_is_current(connection)
    if not current:
        with told(), engine.begin() as connection:
            rebuild_index(connection)
    return copy


def alembic_config() -> Config:
    """Alembic's configuration, built in code: the migrations are data of the package."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def apply_revisions(connection: Connection) -> None:
    """Apply what the base lacks, within the transaction under way."""
    from alembic import command

    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)


def check_writable(connection: Connection) -> None:
    """Whether this console may still write: another desk may have brought a newer schema meanwhile."""
    if connection.execute(select(tables.version.c.version_num)).scalar() not in REVISIONS:
        raise failure("base_plus_recente")
