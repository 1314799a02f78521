from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from osnp_console.domain.slots.slot import Place, Practitioner, slot_id

TEN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SITE = Place(id="1350000019", name="Maison de santé", postcode="35600")


def test_a_practitioner_at_an_hour_is_one_slot_whatever_is_said_of_the_rest() -> None:
    known = Practitioner("Anne Bréhault", "10009990011")
    paris = TEN.astimezone(timezone(timedelta(hours=1)))
    assert slot_id(known, SITE, TEN) == slot_id(Practitioner(rpps="10009990011"), Place(), paris)
    assert slot_id(known, SITE, TEN) != slot_id(known, SITE, TEN + timedelta(minutes=20))


def test_two_practitioners_without_rpps_at_one_site_are_two_slots() -> None:
    one, other = Practitioner("Anne Bréhault"), Practitioner("Yves Garnier")
    assert slot_id(one, SITE, TEN) != slot_id(other, SITE, TEN)
    assert slot_id(one, SITE, TEN) == slot_id(one, SITE, TEN)


def test_a_site_without_practitioner_is_known_by_its_number() -> None:
    renamed = Place(id=SITE.id, name="Centre de consultation")
    assert slot_id(Practitioner(), SITE, TEN) == slot_id(Practitioner(), renamed, TEN)
    assert slot_id(Practitioner(), SITE, TEN) != slot_id(Practitioner(), Place(id="1350000027"), TEN)
