"""Immutable JSON values: the shape in which a proposal is kept, compared and exchanged."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn, TypeAlias

JsonValue: TypeAlias = (
    "str | int | float | bool | Mapping[str, JsonValue] | Sequence[JsonValue] | None"
)


class FrozenDict(dict[str, Any]):
    """A JSON object that cannot be changed, so that snapshots may be shared between threads."""

    def _refuse(self, *_args: object, **_kwargs: object) -> NoReturn:
        raise TypeError("a frozen JSON object cannot be changed; build a new one")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[type[FrozenDict], tuple[dict[str, Any]]]:
        return (FrozenDict, (dict(self),))

    def with_items(self, changes: Mapping[str, JsonValue]) -> FrozenDict:
        """Return a copy with ``changes`` laid over it."""
        return FrozenDict({**self, **{key: freeze(value) for key, value in changes.items()}})


EMPTY = FrozenDict()


def freeze(value: Any) -> Any:
    """Return ``value`` with every object a FrozenDict and every list a tuple."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return FrozenDict({str(key): freeze(item) for key, item in value.items()})
    if isinstance(value, list | tuple):
        return tuple(freeze(item) for item in value)
    return value


def map_strings(value: Any, change: Callable[[str], str]) -> Any:
    """Return ``value`` with ``change`` applied to every string in it, keys included."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {change(key): map_strings(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [map_strings(item, change) for item in value]
    return value


def canonical(value: JsonValue) -> bytes:
    """Return the canonical JSON of ``value``: NFC, sorted keys, no spaces, UTF-8."""
    text = _sorted_json(value)
    if not unicodedata.is_normalized("NFC", text):
        text = _sorted_json(map_strings(value, lambda part: unicodedata.normalize("NFC", part)))
    return text.encode("utf-8", "surrogatepass")


def _sorted_json(value: JsonValue) -> str:
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
