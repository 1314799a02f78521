"""Where a desk's signing key is, with the secret that is typed at each signature."""

from __future__ import annotations

from dataclasses import replace

import pytest

from osnp_console.app.errors import Refusal
from osnp_console.app.prescription.signature import KeyFile, Token
from osnp_console.app.prescription.signing_place import SigningPlace, SigningWay, signing_key

PLACE = SigningPlace(SigningWay.FILE, "/cle.p12", "/carte.so", "CPS", "signature")
CARD = replace(PLACE, way=SigningWay.TOKEN)


def test_the_key_is_the_one_of_the_way_that_was_chosen() -> None:
    assert signing_key(PLACE, "phrase") == KeyFile("/cle.p12", "phrase")
    assert signing_key(CARD, "1234") == Token("/carte.so", "1234", "CPS", "signature")
    with pytest.raises(ValueError, match="BY_HAND"):
        signing_key(SigningPlace(), "x")


@pytest.mark.parametrize(
    ("place", "secret", "field"),
    [
        (replace(PLACE, file=""), "x", "fichier"),
        (PLACE, "", "phrase"),
        (replace(CARD, module=""), "x", "module"),
        (CARD, "", "code"),
    ],
)
def test_what_lacks_is_asked_for_at_its_field(place: SigningPlace, secret: str, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        signing_key(place, secret)
    assert refused.value.field == field
