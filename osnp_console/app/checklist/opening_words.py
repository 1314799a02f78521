"""Whether something is open, in French: on a row, in a detail pane, and as it is read aloud."""

from __future__ import annotations

from datetime import datetime, timedelta

from osnp_console.domain.clock import in_paris
from osnp_console.domain.hours import Opening

NOT_GIVEN = "heures non précisées"
SOON = timedelta(minutes=60)
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def hour(instant: datetime) -> str:
    """`8:00`, on the clock of Paris."""
    local = in_paris(instant)
    return f"{local.hour}:{local.minute:02}"


def day_and_hour(instant: datetime, now: datetime) -> str:
    """`à 14:00`, `demain à 8:00`, `lundi à 8:00` within six days, else `le 03/12 à 8:00`."""
    then, today = in_paris(instant), in_paris(now).date()
    days = (then.date() - today).days
    if days == 0:
        return f"à {hour(then)}"
    if days == 1:
        return f"demain à {hour(then)}"
    if 1 < days <= 6:
        return f"{DAYS[then.weekday()]} à {hour(then)}"
    return f"le {then:%d/%m} à {hour(then)}"


def left(until: datetime, now: datetime) -> str:
    """`14 min`, `8 h 58`, `2 j`: what is left, minutes rounded up."""
    minutes = max(0, -int((now - until).total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02}" if hours < 48 else f"{hours // 24} j"


def opening_words(opening: Opening, now: datetime) -> str:
    """On a row: `ouvert jusqu’à 19:00`, `ferme dans 14 min`, `fermé · ouvre demain à 8:00`."""
    if opening.open is None:
        return NOT_GIVEN
    if not opening.open:
        return f"fermé · ouvre {day_and_hour(opening.opens_at, now)}" if opening.opens_at else "fermé"
    if opening.closes_at is None:
        return "ouvert"
    if opening.closes_at - in_paris(now) <= SOON:
        return f"ferme dans {left(opening.closes_at, now)}"
    return f"ouvert jusqu’{_until(opening.closes_at, now)}"


def opening_detail(opening: Opening, now: datetime) -> str:
    """The same where there is room for what is left: `ouvert · ferme dans 8 h 58`."""
    if opening.open and opening.closes_at is not None:
        return f"ouvert · ferme dans {left(opening.closes_at, now)}"
    return opening_words(opening, now)


def spoken(words: str) -> str:
    """The words as they are read aloud: `19:00` becomes `19 heures`."""
    heard = []
    for word in words.replace(" · ", ", ").split(" "):
        bare = word.rstrip(",.")
        hours, colon, minutes = bare.partition(":")
        if colon and hours.isdecimal() and minutes.isdecimal():
            said = f"{hours} heure{'s' if int(hours) > 1 else ''}"
            heard.append(said + (f" {minutes}" if minutes != "00" else "") + word[len(bare) :])
        else:
            heard.append(word)
    return " ".join(heard)


def _until(instant: datetime, now: datetime) -> str:
    words = day_and_hour(instant, now)
    if words.startswith("à "):
        return words
    words = words.replace(" à ", " ")
    return f"au {words.removeprefix('le ')}" if words.startswith("le ") else f"à {words}"
