"""YAML with the place of every value kept, and without YAML's own readings.

`01004` would be read as 516, `9:00` as 540, `no` as False, a bare date as a date: where the schema wants
a text such a value is refused, with its line and the remedy, never converted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import msgspec
import yaml

from osnp_console.app.base.verification import Problem

Form = TypeVar("Form")
Path_ = tuple[str | int, ...]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KEPT = {"tag:yaml.org,2002:str", "tag:yaml.org,2002:null"}
_PATH = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")
_UNKNOWN_FIELD = re.compile(r"Object contains unknown field `(.+)`")
_SAID = (
    (
        re.compile(r"Expected `str`, got `(int|float|bool)`"),
        "un texte est attendu : mettre la valeur entre guillemets",
    ),
    (
        _UNKNOWN_FIELD,
        "champ inconnu « {0} » : le corriger ou le retirer",
    ),
    (re.compile(r"Object missing required field `(.+)`"), "il manque le champ « {0} » : l’ajouter"),
    (
        re.compile(r"Invalid enum value '(.+)'"),
        "valeur inconnue « {0} » : en choisir une de la liste du format",
    ),
    (re.compile(r"Invalid value '(.+)'"), "type inconnu « {0} » : en choisir un de la liste du format"),
    (re.compile(r"Expected `(.+)`, got `(.+)`"), "attendu : {0}, pas {1} : corriger la valeur"),
)


class Unreadable(Exception):
    """A file that cannot be read as what it should be."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(slots=True)
class Read:
    """A file's content as plain values, and the line of each path."""

    file: str
    content: object
    lines: dict[Path_, int] = field(default_factory=dict)

    def line_of(self, path: Path_) -> int:
        """The line of a path, or of the nearest part of it that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, path: Path_, message: str, *, warning: bool = False) -> Problem:
        """A problem at that path."""
        return Problem(self.file, self.line_of(path), message, warning)

    def into(self, form: type[Form]) -> Form:
        """The content as a form of the schema; raises Unreadable with the line and a French sentence."""
        try:
            return msgspec.convert(self.content, form)
        except msgspec.ValidationError as error:
            text, _, place = str(error).partition(" - at `")
            path = tuple(_step(name, index) for name, index in _PATH.findall(place.rstrip("`")))
            unknown = _UNKNOWN_FIELD.match(text)
            if unknown is not None:  # msgspec names the object; the field has a line of its own
                path = (*path, unknown.group(1))
            raise Unreadable(self.problem(path, in_french(text))) from error


def _step(name: str, index: str) -> str | int:
    return name or (int(index) if index.isdigit() else index)


def in_french(text: str) -> str:
    """Msgspec's explanation as a French sentence with the remedy."""
    for pattern, said in _SAID:
        found = pattern.match(text)
        if found is not None:
            return said.format(*found.groups())
    return text


def read_yaml(path: Path, name: str) -> Read:
    """Read one file, called `name` in messages; raises Unreadable (disk, encoding, syntax, double key)."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(
            Problem(name, 1, f"illisible ({error.__class__.__name__}) : un fichier UTF-8 est attendu")
        ) from error
    return parse_yaml(text, name)


def parse_yaml(text: str, name: str) -> Read:
    """Read YAML text; see `read_yaml`."""
    try:
        node = yaml.compose(text, Loader=_LOADER)
        read = Read(name, None)
        read.content = None if node is None else _plain(node, (), read)
        return read
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        message = f"YAML mal formé ({error.problem}) : corriger cette ligne"
        raise Unreadable(Problem(name, line, message)) from error
    except yaml.YAMLError as error:  # a character that no YAML may hold: the reader gives no line
        message = "un caractère de contrôle n’a pas sa place dans un texte : le retirer"
        raise Unreadable(Problem(name, 1, message)) from error
    except RecursionError as error:
        raise Unreadable(Problem(name, 1, "YAML trop imbriqué : retirer des niveaux")) from error


def _plain(node: yaml.Node, path: Path_, read: Read) -> object:
    read.lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, read)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, index), read) for index, item in enumerate(node.value)]
    return _scalar(node, path, read)


def _mapping(node: yaml.MappingNode, path: Path_, read: Read) -> Mapping[str, object]:
    content: dict[str, object] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in content:
            line = key_node.start_mark.line + 1
            raise Unreadable(Problem(read.file, line, f"« {key} » est écrit deux fois : n’en garder qu’un"))
        content[key] = _plain(value_node, (*path, key), read)
    return content


def _scalar(node: yaml.Node, path: Path_, read: Read) -> object:
    text = str(node.value)
    if node.tag == "tag:yaml.org,2002:null":
        return None
    if node.tag == "tag:yaml.org,2002:bool" and text in ("true", "false"):
        return text == "true"
    if node.tag == "tag:yaml.org,2002:int" and re.fullmatch(r"0|[1-9]\d*", text):
        return int(text)
    if node.tag in _KEPT:
        return text
    # Not converted: YAML's reading of it (octal, sexagesimal, yes/no, date) is never what was meant.
    message = f"« {text} » sans guillemets, YAML le lirait autrement : mettre la valeur entre guillemets"
    raise Unreadable(read.problem(path, message))
