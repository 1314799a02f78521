"""The contract's JSON documents, built from what the use cases answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from osnp_console.app.base.verification import Problem
from osnp_console.app.checklist.check_eligibility import Answer, Eligibility, WayIn
from osnp_console.app.errors import Refusal
from osnp_console.domain.access import Access, Reception
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.checklist import Judgement, Line
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.hours import Hours, Opening
from osnp_console.domain.sources import Source

Document = dict[str, object]


def refusal(error: Refusal) -> Document:
    """`{"erreur": {…}}`; `champ` only where there is one."""
    content: Document = {"code": error.code, "message": error.message}
    if error.field is not None:
        content["champ"] = error.field
    return {"erreur": content}


def eligibility(answer: Eligibility, catalogue: Catalogue) -> Document:
    """The answer of `eligibilite`."""
    alert = {"code": "urgence_vitale", "message": answer.alert} if answer.alert else None
    question = answer.question
    return {
        "instant": instant(answer.instant),
        "catalogue": {"version": catalogue.version, "empreinte": catalogue.fingerprint},
        "alerte": alert,
        "dispositifs": [_answer(one) for one in answer.answers],
        "question_suivante": {"fait": question.fact, "libelle": question.text}
        if question is not None
        else None,
    }


def _answer(answer: Answer) -> Document:
    judgement = answer.judgement
    return {
        "id": judgement.dispositif.id,
        "verdict": judgement.verdict.value,
        "criteres": _criteria(judgement),
        "acces": _way_in(answer.access) if answer.access is not None else None,
        "autres_acces": [_way_in(way) for way in answer.others],
        "accueil": _opening(answer.reception[1]) if answer.reception is not None else None,
        "doutes": [doubt.sentence() for doubt in judgement.dispositif.doubts],
    }


def _criteria(judgement: Judgement) -> list[Document]:
    if judgement.why_closed is not None:
        return [
            {
                "id": "service",
                "libelle": "En service",
                "etat": "non",
                "constat": judgement.why_closed,
                "fait": None,
                "source": source(judgement.dispositif.source),
            }
        ]
    return [_line(line) for line in judgement.lines]


def _line(line: Line) -> Document:
    return {
        "id": line.rule.id,
        "libelle": line.rule.label,
        "etat": line.finding.state.value,
        "constat": line.text,
        "fait": line.finding.fact,
        "source": source(line.rule.source) if line.rule.source is not None else None,
    }


def source(origin: Source) -> Document:
    """A source; the site's entries also say who entered them and when."""
    document: Document = {"document": origin.document, "page": origin.page}
    if origin.author is not None:
        document["auteur"] = origin.author
        document["saisie_le"] = day(origin.entered)
    return document


def _way_in(way: WayIn) -> Document:
    access = way.access
    return {
        "mode": access.mode.value if access is not None and access.mode is not None else None,
        **_opening(way.opening),
        "telephone": access.phone.number if access is not None and access.phone is not None else None,
        "outil": access.tool if access is not None else None,
    }


def _opening(opening: Opening) -> Document:
    return {
        "ouvert": opening.open,
        "ferme_a": instant(opening.closes_at),
        "ouvre_a": instant(opening.opens_at),
    }


def instant(moment: datetime | None) -> str | None:
    """An instant with its offset, to the second."""
    return moment.isoformat(timespec="seconds") if moment is not None else None


def day(value: date | None) -> str | None:
    """A day as `2026-11-23`."""
    return value.isoformat() if value is not None else None


def listed(dispositif: Dispositif) -> Document:
    """One entry of `catalogue lister`."""
    return {
        "id": dispositif.id,
        "cpts": dispositif.cpts,
        "departement": dispositif.departement,
        "nature": dispositif.nature,
        "statut": dispositif.status.value,
        "source": source(dispositif.source),
        "resume": dispositif.summary,
    }


def problem(found: Problem) -> Document:
    """One problem of `catalogue verifier`."""
    return {
        "fichier": found.file,
        "ligne": found.line,
        "message": found.message,
        "niveau": "avertissement" if found.warning else "erreur",
    }


def shown(dispositif: Dispositif, catalogue: Catalogue, today: date) -> Document:
    """`catalogue montrer`: the whole sheet."""
    document = catalogue.documents.get(dispositif.source.document)
    return {
        **listed(dispositif),
        "source": {
            **source(dispositif.source),
            "titre": document.title if document is not None else None,
            "date": day(document.published) if document is not None else None,
            "a_reverifier": document.to_review(today) if document is not None else False,
        },
        "depuis": day(dispositif.validity.start),
        "jusqu_a": day(dispositif.validity.end),
        "criteres": [
            {
                "id": rule.id,
                "libelle": rule.label,
                "faits": list(rule.criterion.facts),
                "depuis": day(rule.validity.start),
                "jusqu_a": day(rule.validity.end),
                "source": source(rule.source) if rule.source is not None else None,
            }
            for rule in dispositif.rules
        ],
        "acces": [_access(access) for access in dispositif.accesses],
        "accueil": _reception(dispositif.reception),
        **_details(dispositif),
        "doutes": [
            {"texte": doubt.text, "lecture": doubt.reading, "source": source(doubt.source)}
            for doubt in dispositif.doubts
        ],
    }


def _hours(hours: Hours | None) -> Document | None:
    return {"osm": hours.osm, "texte": hours.text, "feries": hours.holidays} if hours is not None else None


def _access(access: Access) -> Document:
    phone = access.phone
    return {
        "mode": access.mode.value if access.mode is not None else None,
        "pour": sorted(access.roles),
        "nom": access.name,
        "outil": access.tool,
        "telephone": phone.number if phone is not None else None,
        "a_donner_au_patient": phone.for_patients if phone is not None else None,
        "recherche": access.search_words,
        "compte": access.account,
        "horaires": _hours(access.hours),
        "etapes": list(access.steps),
        "a_dire": list(access.to_say),
        "apres": list(access.afterwards),
        "source": source(access.source),
    }


def _reception(reception: Reception) -> Document:
    return {"lieu": reception.place, "commune": reception.commune, "horaires": _hours(reception.hours)}


def _details(dispositif: Dispositif) -> Mapping[str, object]:
    clocks, waiting, visit = dispositif.clocks, dispositif.waiting_list, dispositif.nurse_visit
    return {
        "creneaux": clocks
        and {
            "fermeture_minutes": clocks.closing_minutes,
            "reprise_minutes": clocks.take_back_minutes,
            "horizon_jours": clocks.horizon_days,
            "duree_minutes": clocks.duration_minutes,
            "seances": clocks.sessions,
            "volume": clocks.volume,
            "source": source(clocks.source),
        },
        "prevenus": [
            {
                "quand": notice.booked_by,
                "medecin": notice.doctor,
                "patient": notice.patient,
                "source": source(notice.source),
            }
            for notice in dispositif.notices
        ],
        "liste_attente": waiting
        and {
            "inscription_par": sorted(waiting.registered_by),
            "duree_mois": waiting.months,
            "seances_max": waiting.sessions_at_most,
            "seances_semaine_max": waiting.sessions_a_week_at_most,
            "priorites": list(waiting.priorities),
            "confirmation": waiting.confirmation,
            "source": source(waiting.source),
        },
        "intervention": visit
        and {
            "regime": visit.regime,
            "delai_heures": visit.delay_hours,
            "lieux": list(visit.places),
            "puis": visit.then,
            "actes": list(visit.acts),
            "finess": visit.finess,
            "compte_rendu": visit.report,
            "source": source(visit.source),
        },
        "conseils": [{"texte": advice.text, "source": source(advice.source)} for advice in dispositif.advice],
        "site": dispositif.website,
    }
