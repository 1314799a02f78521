"""Asks the Annuaire Santé, page by page, through the network door."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from osnp_console.app.effecteurs.lookup import LookedUp
from osnp_console.app.sources.agendas import Deadline
from osnp_console.connectors.annuaire import resources as fhir
from osnp_console.connectors.annuaire.reading import Gathered, tail
from osnp_console.connectors.http import HttpSession, Params, origin_of
from osnp_console.connectors.http_failures import failed, unreadable

MOST_PAGES = 40
"""Of fifty resources each: more is a question to put better."""
BATCH = 25
PAGE = "50"


class AnnuaireSante:
    """The national directory, opened: an EffecteurLookUp."""

    def __init__(self, session: HttpSession, base: str) -> None:
        self._session = session
        self._base = base.rstrip("/")

    def by_number(self, numbers: Sequence[str], deadline: Deadline) -> LookedUp:
        """Two searches a batch: who they are, then where they practise."""
        gathered = Gathered()
        for batch in _batches(numbers):
            self._gather(gathered, "Practitioner", [("identifier", ",".join(batch))], deadline)
        self._add_places(gathered, deadline)
        return LookedUp(tuple(gathered.effecteurs()), gathered.rejected)

    def in_city(self, city: str, postcode: str, profession: str, deadline: Deadline) -> LookedUp:
        """No search has both a commune and a profession: the structures there, then who works in them."""
        gathered = Gathered()
        params = [("address-city", city)]
        params += [("address-postalcode", postcode)] if postcode else []
        params += [("active", "true"), ("_revinclude", "PractitionerRole:organization")]
        self._gather(gathered, "Organization", params, deadline)
        people = dict.fromkeys(filter(None, (tail(role.practitioner) for role in gathered.roles.values())))
        for batch in _batches(tuple(people)):
            wanted = [("_id", ",".join(batch)), ("qualification-code", profession)]
            self._gather(gathered, "Practitioner", wanted, deadline)
        return LookedUp(tuple(gathered.effecteurs()), gathered.rejected)

    def _add_places(self, gathered: Gathered, deadline: Deadline) -> None:
        for batch in _batches(tuple(gathered.practitioners)):
            params = [("practitioner", ",".join(batch)), ("_include", "PractitionerRole:organization")]
            self._gather(gathered, "PractitionerRole", params, deadline)

    def _gather(self, gathered: Gathered, kind: str, params: Params, deadline: Deadline) -> None:
        for page in self._pages(f"{self._base}/{kind}", [*params, ("_count", PAGE)], deadline):
            for entry in page.entry or ():
                gathered.add(entry.resource)

    def _pages(self, url: str, params: Params, deadline: Deadline) -> Iterator[fhir.Bundle]:
        """Every page of a search: `total` may be absent, only the link says whether more follows."""
        for _ in range(MOST_PAGES):
            answer = self._session.get(url, deadline=deadline, params=params)
            try:
                page = fhir.BUNDLE.decode(answer.body)
            except (msgspec.DecodeError, UnicodeDecodeError):
                raise unreadable() from None
            yield page
            following = next((one.url for one in page.link or () if one.relation == "next" and one.url), None)
            if following is None:
                return
            url, params = self._own(following), ()
        raise failed("trop de réponses, préciser la recherche")

    def _own(self, url: str) -> str:
        """An address of a next page: the key is shown to no other server."""
        try:
            same = origin_of(url) == origin_of(self._base)
        except ValueError:
            same = False
        if not same:
            raise failed("la page suivante est sur un autre serveur")
        return url


def _batches(names: Iterable[str]) -> Iterator[Sequence[str]]:
    every = list(names)
    for first in range(0, len(every), BATCH):
        yield every[first : first + BATCH]
