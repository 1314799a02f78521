"""What several tests of the connectors are tried with: every network connector, throw-away certificates."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from osnp_console.connectors.simulator.certificates import Certificates, make_authority
from tests.connectors.contract_subjects import NETWORK, Subject


@pytest.fixture(params=NETWORK, ids=lambda subject: subject.name)
def subject(request: pytest.FixtureRequest) -> Subject:
    """One connector after the other, of those that ask over the network."""
    chosen = request.param
    assert isinstance(chosen, Subject)
    return chosen


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """An authority of the test's own, and what it signed."""
    return make_authority(tmp_path_factory.mktemp("tls") / "essai", datetime.now(UTC))
