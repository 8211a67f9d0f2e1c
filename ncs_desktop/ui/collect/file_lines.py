"""What became of the files of each import, ready to read; what the store keeps of that, too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeGuard

from ncs_desktop.domain.desk import Remark, Result

if TYPE_CHECKING:
    from ncs_desktop.catalog import Messages
    from ncs_desktop.store.desk_records import Receipt
    from ncs_desktop.store.store import Store
    from ncs_desktop.work.desk_import import Brought


Origins = Mapping[tuple[str, str], str]
"""The file that brought each version first, by the version's id and digest."""


@dataclass(frozen=True, slots=True)
class FileLine:
    """What became of one file, ready to read; ``receipt_id`` of the reading that is doubtful.

    ``damaged`` is one that could not be read at all; ``keep`` is path and SHA-256 of one that can
    be kept beside an empty phiếu, the path None where it is not known; ``undated`` are the phiếu in
    it of which nothing tells when they were received; ``beside`` is one that only goes along with a
    phiếu, ``proposal_id`` the phiếu that is in it, "" where there is none, ``others`` further ones.
    ``first`` tells whether it is the first of its input, such as of an e-mail with several files.
    """

    name: str
    result: Result
    reason: str
    receipt_id: str = ""
    damaged: bool = False
    keep: tuple[Path | None, str] | None = None
    reviewed: bool = False
    undated: tuple[str, ...] = ()
    beside: bool = False
    proposal_id: str = ""
    others: tuple[str, ...] = ()
    first: bool = True


@dataclass(slots=True)
class FilesOfImport:
    """The files of one import and when it began."""

    when: datetime
    lines: list[FileLine]


def note_paths(call_id: str, lines: Iterable[FileLine], store: Store) -> None:
    """Keep where the files lie that can be kept beside an empty phiếu later, by their SHA-256."""
    found = {line.keep[1]: str(line.keep[0].absolute()) for line in lines if has_path(line.keep)}
    if found:
        store.set_setting(_paths_setting(call_id), {**_paths(call_id, store), **found})


def has_path(keep: tuple[Path | None, str] | None) -> TypeGuard[tuple[Path, str]]:
    """Whether it is known where a file lies that can be kept."""
    return keep is not None and keep[0] is not None


def _paths_setting(call_id: str) -> str:
    return f"desk_paths:{call_id}"


def _paths(call_id: str, store: Store) -> dict[str, str]:
    kept = store.setting(_paths_setting(call_id))
    return {key: str(path) for key, path in kept.items()} if isinstance(kept, Mapping) else {}


def earlier_imports(call_id: str, messages: Messages, store: Store) -> list[FilesOfImport]:
    """Return what the store keeps of the imports of a call, the newest first."""
    from ncs_desktop.work.desk_report import origins  # noqa: PLC0415

    receipts = store.desk.receipts(call_id)
    first = origins(receipts)
    paths = {key: Path(path) for key, path in _paths(call_id, store).items()}
    found = [
        FilesOfImport(when, _lines(list(group), messages, paths, first))
        for when, group in groupby(receipts, key=lambda receipt: receipt.imported_at)
    ]
    return found[::-1]


def lines_of(
    item: Brought, messages: Messages, first: dict[tuple[str, str], str] | None = None
) -> list[FileLine]:
    """Return the lines of one input that was brought; what it brings is added to ``first``."""
    from ncs_desktop.work.desk_report import origins  # noqa: PLC0415

    name = item.path.name
    if item.problem is not None:
        return [FileLine(name, item.result, messages.error(item.problem), damaged=True)]
    paths = {receipt.sha256: item.path for receipt in item.receipts}
    first = {} if first is None else first
    first.update({key: name for key, name in origins(item.receipts).items() if key not in first})
    return _lines(item.receipts, messages, paths, first)


def _lines(
    receipts: Sequence[Receipt],
    messages: Messages,
    paths: Mapping[str, Path],
    origins: Origins,
) -> list[FileLine]:
    begun: set[tuple[str, str, int]] = set()
    lines = []
    for receipt in receipts:
        first = receipt.input not in begun
        begun.add(receipt.input)
        line = file_line(receipt, messages, paths.get(receipt.sha256), origins)
        lines.append(replace(line, first=first))
    return lines


def file_line(
    receipt: Receipt,
    messages: Messages,
    path: Path | None = None,
    origins: Origins = MappingProxyType({}),
) -> FileLine:
    """Return what is to be told of a receipt; ``path`` is its input where that is at hand.

    ``origins`` are the files that brought each version first.
    """
    from ncs_desktop.work.desk_import import (  # noqa: PLC0415
        DOUBTS,
        NO_DATA,
        needs_review,
    )
    from ncs_desktop.work.fates import is_damaged  # noqa: PLC0415
    from ncs_desktop.work.received import BESIDE  # noqa: PLC0415

    codes = {remark.message for remark in receipt.remarks}
    rejected = receipt.result is Result.REJECTED
    reviewed = receipt.reviewed_at is not None and bool(codes.intersection(DOUBTS))
    ids = tuple(str(found["id"]) for found in receipt.proposals)
    no_data = rejected and bool(codes.intersection(NO_DATA))
    return FileLine(
        receipt.name,
        receipt.result,
        _reason(receipt, messages, origins),
        receipt.id if needs_review(receipt) or reviewed else "",
        rejected and is_damaged(codes),
        (path, receipt.sha256) if no_data else None,
        reviewed=reviewed and receipt.result is not Result.SAME,
        beside=BESIDE in codes,
        proposal_id=next(iter(ids), ""),
        others=ids[1:],
        undated=() if receipt.received_at else ids,
    )


def _reason(receipt: Receipt, messages: Messages, origins: Origins) -> str:
    """Return what is to be said of a file, a line each; the file itself is named beside it."""
    if receipt.result is Result.SAME and receipt.proposals and not receipt.copy:
        said = dict.fromkeys(
            _known_text(one, receipt, messages, origins) for one in receipt.proposals
        )
        return "\n".join(said)
    told = dict.fromkeys(_remark_text(one, messages) for one in receipt.remarks)
    named = re.compile(rf"([Tt]ệp(?: \w+)?) «{re.escape(receipt.name)}»")
    return named.sub(r"\1 này", "\n".join(told))


def _known_text(
    item: Mapping[str, object], receipt: Receipt, messages: Messages, origins: Origins
) -> str:
    """Return what is said of a phiếu that was in before: by name the file it came in."""
    first = origins.get((str(item["id"]), str(item.get("digest"))), receipt.name)
    if first == receipt.name:
        return messages.text("desk.known")
    return messages.text("collect.same_content", title=item["title"], first=first)


def _remark_text(remark: Remark, messages: Messages) -> str:
    """Return the sentence of a remark, after the place it is about."""
    text = messages.text(remark.message, **remark.params)
    place = remark.params.get("place")
    return f"{place}: {text}" if place else text
