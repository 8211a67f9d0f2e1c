"""Reads one table of a data file key by key, so that every mistake names file, key and reason."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from ncs_desktop.domain.call import VIETNAM
from ncs_desktop.domain.errors import CatalogProblem, NcsError
from ncs_desktop.domain.json_tree import EMPTY, FrozenDict, freeze
from ncs_desktop.domain.text import slug
from ncs_desktop.files import read_bytes

Choice = TypeVar("Choice", bound=StrEnum)
_TOML_LIMIT = 4 * 2**20
_REQUIRED: Any = object()


def is_identifier(text: str) -> bool:
    """Whether ``text`` can name a call, a form or a template: also as a file on Windows."""
    return slug(text) == text


class Reader:
    """A table at ``where`` in the file ``path``.

    Mistakes become ``problem`` with a code of ``area`` (``catalog.wrong_type``) and the params
    ``path``, ``key`` and ``reason``; a reason that says what was expected is a key of the table
    ``expected`` in the messages. Reading a key marks it known; ``finish`` refuses the others and
    ``rest`` returns them.
    """

    def __init__(
        self,
        table: Mapping[str, Any],
        path: str,
        where: str = "",
        *,
        problem: type[NcsError] = CatalogProblem,
        area: str = "catalog",
    ) -> None:
        self.path = path
        self._table = table
        self._where = where
        self._problem = problem
        self._area = area
        self._known: dict[str, Any] = {}

    def mistake(self, what: str, key: str = "", reason: object = "") -> NcsError:
        """Return the problem ``what`` at ``key`` of this table; the caller raises it."""
        return self._problem(
            f"{self._area}.{what}", path=self.path, key=self._at(key), reason=reason
        )

    def _at(self, key: str) -> str:
        if not key or not self._where:
            return key or self._where
        return f"{self._where}{key}" if key.startswith("[") else f"{self._where}.{key}"

    def has(self, key: str) -> bool:
        """Whether the table holds ``key``."""
        return key in self._table

    def _take(self, key: str, kind: type | tuple[type, ...], expected: str, default: Any) -> Any:
        self._known.setdefault(key, None)
        value = self._table.get(key)
        if value is None:
            if default is _REQUIRED:
                raise self.mistake("missing_key", key, expected)
            return default
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.mistake("wrong_type", key, expected)
        return value

    def text(self, key: str, default: str = _REQUIRED) -> str:
        """Return a text; a required one must not be blank."""
        value: str = self._take(key, str, "text", default)
        if default is _REQUIRED and not value.strip():
            raise self.mistake("missing_key", key, "text")
        return value

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return a list of texts."""
        values = self._take(key, (list, tuple), "texts", default)
        for index, value in enumerate(values):
            if not isinstance(value, str):
                raise self.mistake("wrong_type", f"{key}[{index}]", "text")
        return tuple(values)

    def integer(self, key: str, default: Any = _REQUIRED) -> Any:
        """Return an integer, or ``default``."""
        return self._take(key, int, "integer", default)

    def number(self, key: str, default: float = _REQUIRED) -> float:
        """Return a number."""
        return float(self._take(key, (int, float), "number", default))

    def flag(self, key: str, default: bool = False) -> bool:
        """Return true or false."""
        return bool(self._take(key, bool, "flag", default))

    def choice(self, key: str, kinds: type[Choice], default: Any = _REQUIRED) -> Choice:
        """Return a member of ``kinds`` by its value."""
        value = self.text(key, default)
        try:
            return kinds(value)
        except ValueError:
            raise self.mistake("bad_value", key, value) from None

    def one_of(self, key: str, allowed: tuple[str, ...], default: str = _REQUIRED) -> str:
        """Return a text that is one of ``allowed``."""
        value = self.text(key, default)
        if value not in allowed:
            raise self.mistake("bad_value", key, value)
        return value

    def identifier(self, key: str) -> str:
        """Return an id of small letters, digits and hyphens, at most 60 characters."""
        value = self.text(key)
        if not is_identifier(value):
            raise self.mistake("bad_value", key, value)
        return value

    def day(self, key: str, default: date | None = _REQUIRED) -> date | None:
        """Return a date, written as one or as an ISO text."""
        value = self._take(key, (date, str), "date", default)
        if isinstance(value, str):
            try:
                return date.fromisoformat(value)
            except ValueError:
                raise self.mistake("bad_date", key, value) from None
        if isinstance(value, datetime):
            raise self.mistake("wrong_type", key, "date")
        found: date | None = value
        return found

    def moment(self, key: str, *, with_time: bool) -> datetime:
        """Return a wall-clock moment in Vietnam: a day, or a minute where ``with_time``."""
        value = self._take(key, (date, str), "minute" if with_time else "date", _REQUIRED)
        if isinstance(value, str):
            has_time = len(value) > len("2025-08-10")
            try:
                value = datetime.fromisoformat(value)
            except ValueError:
                raise self.mistake("bad_date", key, value) from None
        else:
            has_time = isinstance(value, datetime)
        if has_time is not with_time:
            raise self.mistake("wrong_type", key, "minute" if with_time else "date")
        if not isinstance(value, datetime):
            return datetime(value.year, value.month, value.day)
        return value.astimezone(VIETNAM).replace(tzinfo=None) if value.tzinfo else value

    def table(self, key: str, *, required: bool = True) -> Reader:
        """Return the table below ``key``; an empty one where it may be missing."""
        value = self._take(key, Mapping, "table", _REQUIRED if required else {})
        below = self._below(value, key)
        self._known[key] = below
        return below

    def tables(self, key: str, *, required: bool = False) -> list[Reader]:
        """Return the list of tables below ``key``; where ``required``, at least one."""
        values = self._take(key, (list, tuple), "tables", _REQUIRED if required else [])
        if required and not values:
            raise self.mistake("missing_key", key, "tables")
        readers = []
        for index, value in enumerate(values):
            if not isinstance(value, Mapping):
                raise self.mistake("wrong_type", f"{key}[{index}]", "table")
            readers.append(self._below(value, f"{key}[{index}]"))
        self._known[key] = readers
        return readers

    def _below(self, value: Mapping[str, Any], key: str) -> Reader:
        return Reader(value, self.path, self._at(key), problem=self._problem, area=self._area)

    def names(self) -> tuple[str, ...]:
        """Return the keys of a table whose keys are data themselves."""
        return tuple(self._table)

    def json(self, key: str) -> FrozenDict:
        """Return a free table below ``key`` that JSON can carry; empty where it is missing."""
        value = self._take(key, Mapping, "table", {})
        self._refuse_non_json(value, key)
        return freeze(value) if value else EMPTY

    def _refuse_non_json(self, value: Any, key: str) -> None:
        if isinstance(value, Mapping):
            for name, item in value.items():
                self._refuse_non_json(item, f"{key}.{name}")
        elif isinstance(value, list | tuple):
            for index, item in enumerate(value):
                self._refuse_non_json(item, f"{key}[{index}]")
        elif not isinstance(value, str | int | float | None):
            raise self.mistake("wrong_type", key, "json")

    def finish(self) -> None:
        """Refuse every key that nobody asked for."""
        for key in self._table:
            if key not in self._known:
                raise self.mistake("unknown_key", key, key)

    def rest(self) -> FrozenDict:
        """Return what nobody asked for, at any depth; list items by their index as a text."""
        left = {key: value for key, value in self._table.items() if key not in self._known}
        for key, below in self._known.items():
            if isinstance(below, Reader):
                left_below = below.rest()
            elif isinstance(below, list):
                items = {str(index): item.rest() for index, item in enumerate(below)}
                left_below = FrozenDict({index: item for index, item in items.items() if item})
            else:
                continue
            if left_below:
                left[key] = left_below
        return freeze(left) if left else EMPTY


def read_toml(path: Path) -> Reader:
    """Return the top table of a TOML file; CatalogProblem where it is none."""
    try:
        table = tomllib.loads(read_bytes(path, _TOML_LIMIT).decode("utf-8"))
    except UnicodeDecodeError as error:
        raise CatalogProblem("catalog.not_toml", path=str(path), key="", reason="UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise CatalogProblem(
            "catalog.not_toml", path=str(path), key="", reason=str(error)
        ) from error
    return Reader(table, str(path))
