"""How to book in an agenda that no program can ask: steps, words to search for, the page to open."""

from __future__ import annotations

from collections.abc import Sequence

from osnp_console.app.booking.booked_card import to_warn
from osnp_console.app.booking.by_hand_cards import PortalShown
from osnp_console.app.checklist.dispositif_words import TOOL_NAMES
from osnp_console.app.sources.platform import PLATFORM, platform_link, present_commune
from osnp_console.domain import facts
from osnp_console.domain.access import Access, Mode, ways_in
from osnp_console.domain.call import Call
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.natures import cpts_name
from osnp_console.domain.slots.source import AgendaSource
from osnp_console.domain.slots.source_address import address_fault, host_of

NARROW = "\u202f"
TOOLS = ("doctolib_team", "cpts_rdv", "citana", "lemedecin", PLATFORM, "formulaire")
"""The tools of the contract (`outil`) that a portal may be."""
NEEDED = ("nom de naissance, prénoms et date de naissance", "téléphone du patient", "motif")
_LEMEDECIN = "lemedecin.fr"
_SIX_DAYS = "Doctolib refuse deux rendez-vous d’une même spécialité à moins de 6 jours."


def portal_steps(source: AgendaSource, dispositif: Dispositif | None, call: Call, role: str) -> PortalShown:
    """The card of a portal for a call: what to do there, in order, by a desk of that role.

    What the site's declaration says comes before what the catalogue's way in says. The page is opened only
    when it is in https and on a host of the source; no name and no phone of anybody is ever in its address.
    """
    access = _way(dispositif, role)
    tool = tool_of(source, access)
    search = _said(source, "recherche") or (access.search_words if access is not None else None)
    account = _said(source, "compte") or (access.account if access is not None else None)
    phone = _said(source, "telephone")
    return PortalShown(
        title=f"Réserver sur {source.name}",
        steps=tuple(_steps(source, dispositif, access, tool, search, call)),
        search_words=search,
        account=account,
        needed=_listed(source, "necessaire") or NEEDED,
        page=page_to_open(source, tool, call, dispositif),
        warned=_warned(source, dispositif, role, phone),
        phone=phone,
    )


def tool_of(source: AgendaSource, access: Access | None) -> str | None:
    """Which tool the portal is: as declared, else as the catalogue's way in says."""
    declared = _said(source, "outil")
    if declared in TOOLS:
        return declared
    return access.tool if access is not None and access.tool in TOOLS else None


def tool_name(tool: str | None) -> str | None:
    """The tool as people call it."""
    if tool == "lemedecin":
        return _LEMEDECIN
    return TOOL_NAMES.get(tool) if tool is not None else None


def portal_hosts(source: AgendaSource) -> Sequence[str]:
    """The hosts whose pages may be opened: those declared, else the page's own."""
    listed = tuple(host.casefold() for host in _listed(source, "hotes"))
    own = host_of(source.url)
    return listed or ((own,) if own is not None else ())


def page_to_open(
    source: AgendaSource, tool: str | None, call: Call, dispositif: Dispositif | None = None
) -> str | None:
    """The address to open; None where none is declared, or it may not be opened."""
    if source.url is None:
        return None
    page = platform_link(source, call, dispositif) if tool == PLATFORM else source.url
    allowed = address_fault(page) is None and host_of(page) in portal_hosts(source)
    return page if allowed else None


def _way(dispositif: Dispositif | None, role: str) -> Access | None:
    """The way by which a desk of that role books itself; never the line one hands over to."""
    ways = ways_in(dispositif.accesses, role) if dispositif is not None else ()
    return next((way for way in ways if way.mode in (Mode.AGENDA, Mode.REGISTRATION)), None)


def _steps(
    source: AgendaSource,
    dispositif: Dispositif | None,
    access: Access | None,
    tool: str | None,
    search: str | None,
    call: Call,
) -> list[str]:
    declared = _listed(source, "etapes")
    if declared:
        return list(declared)
    name = tool_name(tool) or source.name
    steps = [f"Ouvrir {name} et se connecter avec le compte indiqué."]
    if tool == PLATFORM:
        steps = [_platform_step(call), "Lire l’heure et le type de chaque créneau."]
    elif search:
        steps.append(f"Chercher «\u00a0{search}\u00a0», mot pour mot.")
    elif dispositif is not None:
        steps.append(f"Aller à l’agenda de {cpts_name(dispositif.cpts)}.")
    if tool == "doctolib_team":
        steps.append(_SIX_DAYS)
    steps.append(_choose(call))
    steps.append(_register(tool))
    steps += list(access.to_say) if access is not None else []
    steps += list(access.afterwards) if access is not None else []
    steps.append("Noter ici ce qui a été pris.")
    return steps


def _platform_step(call: Call) -> str:
    commune = present_commune(call)
    if commune is None:
        return "Ouvrir la plateforme nationale et y saisir la commune du patient."
    return f"Ouvrir la plateforme nationale\u202f: la recherche est remplie pour {commune.nom}."


def _choose(call: Call) -> str:
    hours = call.number(facts.DELAY)
    within = f" à moins de {hours} h" if hours is not None else ""
    return f"Choisir un créneau{within} et le confirmer avec le patient."


def _register(tool: str | None) -> str:
    match tool:
        case "citana":
            return "Répondre au questionnaire, saisir le patient, puis valider."
        case "lemedecin":
            return "Saisir le patient et valider\u202f: la téléconsultation se tient sur lemedecin.fr."
        case "formulaire":
            return "Remplir le formulaire, puis l’envoyer."
    return "Saisir le patient et le motif, puis valider."


def _warned(source: AgendaSource, dispositif: Dispositif | None, role: str, phone: str | None) -> str | None:
    """Whom to tell afterwards, as the site or the dispositif's source says; None where nobody says."""
    declared = _said(source, "prevenir")
    if declared:
        return declared
    if dispositif is None or not dispositif.notices:
        return None
    told = to_warn(dispositif.notices, role, phone)
    if told.needed is None:
        return None
    return f"{told.sentence.rstrip('.')} ({told.source})." if told.source else told.sentence


def _said(source: AgendaSource, name: str) -> str | None:
    value = source.options.get(name)
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _listed(source: AgendaSource, name: str) -> tuple[str, ...]:
    value = source.options.get(name)
    if isinstance(value, str):
        value = value.split("\n")
    if not isinstance(value, (list, tuple)):
        return ()
    return tuple(" ".join(one.split()) for one in value if isinstance(one, str) and one.strip())
