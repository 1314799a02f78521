"""The site's corrections laid over the catalogue's own files.

A file of the site with the id of a built-in dispositif holds only what it changes: a part that is given
replaces the built-in one, mappings are merged, criteria are merged by id. Everything else stays.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from osnp_console.catalogue import schema
from osnp_console.catalogue.yaml_reading import Read
from osnp_console.domain.sources import SITE


def corrected(read: Read, built_in: Mapping[str, tuple[schema.DispositifForm, Read]]) -> object:
    """The content of a site's file, completed by the built-in dispositif it corrects, if it corrects one."""
    content = read.content
    if not isinstance(content, dict):
        return content
    known = built_in.get(str(content.get("id")))
    if known is None:
        return content
    whole = merged(msgspec.to_builtins(known[0]), content)
    if isinstance(whole, dict):
        _follow(read, content.get("criteres"), whole.get("criteres"))
    return whole


def _follow(read: Read, written: object, merged_criteria: object) -> None:
    """Criteria move when they are merged by id: their lines move with them."""
    if not isinstance(written, list) or not isinstance(merged_criteria, list):
        return
    kept = {path: line for path, line in read.lines.items() if path[:1] != ("criteres",) or len(path) == 1}
    for place, criterion in enumerate(merged_criteria):
        for index, own in enumerate(written):
            if isinstance(own, dict) and isinstance(criterion, dict) and own.get("id") == criterion.get("id"):
                moved = {path: line for path, line in read.lines.items() if path[:2] == ("criteres", index)}
                kept.update({("criteres", place, *path[2:]): line for path, line in moved.items()})
    read.lines = kept


def merged(base: object, over: object, *, nested: bool = False) -> object:
    """`over` laid on `base`; a part that is changed without naming its source becomes the site's own."""
    if isinstance(base, dict) and isinstance(over, dict):
        if nested and "source" in base and "source" not in over:
            over = {
                **over,
                "source": {"document": SITE},
            }  # what the site changes is the site's, not the source's
        return {
            key: merged(base.get(key), over[key], nested=True) if key in over else base[key]
            for key in (*base, *(k for k in over if k not in base))
        }
    if isinstance(base, list) and isinstance(over, list) and _have_ids(base) and _have_ids(over):
        return _merged_by_id(base, over)
    return over


def _have_ids(items: list[object]) -> bool:
    return bool(items) and all(isinstance(item, dict) and isinstance(item.get("id"), str) for item in items)


def _merged_by_id(base: list[dict[str, object]], over: list[dict[str, object]]) -> list[object]:
    changes = {item["id"]: item for item in over}
    kept = [
        merged(item, changes.pop(item["id"]), nested=True) if item["id"] in changes else item for item in base
    ]
    return [*kept, *changes.values()]
