"""The sentences a person reads, by key, from ``resources/messages/vi``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from ncs_desktop.catalog.reader import read_toml
from ncs_desktop.domain.errors import CatalogProblem, NcsError
from ncs_desktop.domain.findings import Finding
from ncs_desktop.paths import data_folder

_PARAMETER = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
_EXPLAINED = ("reason", "expected")
"""Params whose value may be a key of the table ``expected`` (``expected.text`` = "chữ")."""


class Messages:
    """Every sentence by its dotted key; ``{name}`` in a sentence is a param."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        self.sentences = sentences

    @classmethod
    def load(cls, folder: Path | None = None) -> Messages:
        """Read every file of the messages folder; CatalogProblem on any mistake."""
        folder = data_folder("resources") / "messages" / "vi" if folder is None else folder
        sentences: dict[str, str] = {}
        for path in sorted(folder.glob("*.toml")):
            top = read_toml(path)
            for name in top.names():
                _collect(top.json(name), name, str(path), sentences)
        return cls(sentences)

    def text(self, key: str, /, **params: object) -> str:
        """Return the sentence ``key`` filled with ``params``; KeyError if there is none.

        A param that is missing is shown as an ellipsis, so that a person still gets the sentence.
        """
        shown = {name: self._shown(name, value) for name, value in params.items()}
        return _PARAMETER.sub(lambda found: shown.get(found[1], "…"), self.sentences[key])

    def _shown(self, name: str, value: object) -> str:
        if name in _EXPLAINED:
            explained = self.sentences.get(f"expected.{value}")
            if explained is not None:
                return explained
        if isinstance(value, list | tuple):
            return ", ".join(str(item) for item in value)
        return "" if value is None else str(value)

    def error(self, problem: NcsError) -> str:
        """Return the sentence of a foreseen problem."""
        return self.text(problem.code, **problem.params)

    def finding(self, finding: Finding) -> str:
        """Return the sentence of a finding."""
        return self.text(finding.message, **finding.params)

    def finding_at_desk(self, finding: Finding) -> str:
        """Return the sentence of a finding for the officer, where the usual one is for senders."""
        key = f"at_desk.{finding.message}"
        return self.text(key if key in self.sentences else finding.message, **finding.params)


def _collect(table: Mapping[str, object], prefix: str, path: str, into: dict[str, str]) -> None:
    for name, value in table.items():
        key = f"{prefix}.{name}"
        if isinstance(value, Mapping):
            _collect(value, key, path, into)
        elif not isinstance(value, str):
            raise CatalogProblem("catalog.wrong_type", path=path, key=key, reason="text")
        elif key in into:
            raise CatalogProblem("catalog.duplicate", path=path, key=key, reason=key)
        else:
            into[key] = value
