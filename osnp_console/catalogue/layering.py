"""The site's corrections laid over the catalogue's own files.

A file of the site with the id of a built-in dispositif holds only what it changes: a part that is given
replaces the built-in one, mappings are merged, criteria are merged by id. Everything else stays.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from osnp_console.catalogue import schema
from osnp_console.catalogue.yaml_reading import Read


def corrected(read: Read, built_in: Mapping[str, tuple[schema.DispositifForm, Read]]) -> object:
    """The content of a site's file, completed by the built-in dispositif it corrects, if it corrects one."""
    content = read.content
    if not isinstance(content, dict):
        return content
    known = built_in.get(str(content.get("id")))
    return content if known is None else merged(msgspec.to_builtins(known[0]), content)


def merged(base: object, over: object) -> object:
    """`over` laid on `base`."""
    if isinstance(base, dict) and isinstance(over, dict):
        return {
            key: merged(base.get(key), over[key]) if key in over else base[key]
            for key in (*base, *(k for k in over if k not in base))
        }
    if isinstance(base, list) and isinstance(over, list) and _have_ids(base) and _have_ids(over):
        return _merged_by_id(base, over)
    return over


def _have_ids(items: list[object]) -> bool:
    return bool(items) and all(isinstance(item, dict) and "id" in item for item in items)


def _merged_by_id(base: list[dict[str, object]], over: list[dict[str, object]]) -> list[object]:
    changes = {item["id"]: item for item in over}
    kept = [merged(item, changes.pop(item["id"])) if item["id"] in changes else item for item in base]
    return [*kept, *changes.values()]
