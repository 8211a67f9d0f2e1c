"""The catalogue: every form, call, letter, table and rule the program knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ncs_desktop.catalog.calls import CALL_FILE_LIMIT, read_call, read_shipped_call
from ncs_desktop.catalog.forms import read_forms
from ncs_desktop.catalog.papers import Rule, read_layout, read_letters, read_rules
from ncs_desktop.domain.call import Call
from ncs_desktop.domain.errors import CatalogProblem, InputProblem, NcsError
from ncs_desktop.domain.form import Form
from ncs_desktop.domain.letter import LetterTemplate
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.domain.summary import SummaryLayout
from ncs_desktop.files import read_bytes
from ncs_desktop.paths import data_folder

OWN_CALL_SUFFIX = ".ncs"
_SUMMARY_LAYOUT = "bang-tong-hop"


@dataclass(frozen=True)
class Catalog:
    """Everything read from the data folder and from a person's own calls; never changes.

    ``problems`` lists own calls that could not be read and were left out.
    """

    forms: Mapping[str, Form]
    calls: Mapping[str, Call]
    rules: Mapping[str, Rule]
    letters: Mapping[str, LetterTemplate]
    layouts: Mapping[str, SummaryLayout]
    problems: tuple[NcsError, ...] = ()

    @classmethod
    def load(cls, forms: Path | None = None, own_calls: Path | None = None) -> Catalog:
        """Read the shipped data (or another ``forms`` folder) and the calls in ``own_calls``.

        Raises CatalogProblem for a mistake in the data folder; a bad own call is left out and
        listed in ``problems``.
        """
        folder = data_folder("forms") if forms is None else forms
        rules = read_rules(folder / "rules.toml")
        known_forms = read_forms(folder)
        calls: dict[str, Call] = {}
        for path in sorted((folder / "calls").glob("*.toml")):
            call = read_shipped_call(path, rules)
            _check_call(call, known_forms, str(path))
            calls[call.id] = call
        problems: list[NcsError] = []
        for path in _own_call_files(own_calls):
            try:
                call = read_call(read_bytes(path, CALL_FILE_LIMIT), str(path), rules)
                _add_own(call, calls, known_forms, str(path))
            except NcsError as problem:
                problems.append(problem)
        layouts = (read_layout(path) for path in sorted((folder / "tables").glob("*.toml")))
        return cls(
            forms=known_forms,
            calls=calls,
            rules=rules,
            letters=read_letters(folder / "letters"),
            layouts={layout.id: layout for layout in layouts},
            problems=tuple(problems),
        )

    def form(self, full_id: str) -> Form:
        """Return the form ``id@version``; InputProblem if there is none."""
        try:
            return self.forms[full_id]
        except KeyError:
            raise InputProblem("form.unknown", form=full_id) from None

    def form_of(self, proposal: Proposal) -> Form:
        """Return the form a proposal is written in."""
        return self.form(proposal.form_id)

    def latest_form(self, form_id: str) -> Form:
        """Return the newest version of a form.

        A version whose first day in force is not known comes last: it is used only by its name.
        """
        versions = [form for form in self.forms.values() if form.id == form_id]
        if not versions:
            raise InputProblem("form.unknown", form=form_id)
        return max(versions, key=lambda form: form.effective_from or date.min)

    def call(self, call_id: str) -> Call:
        """Return the call; InputProblem if there is none."""
        try:
            return self.calls[call_id]
        except KeyError:
            raise InputProblem("call.unknown", call=call_id) from None

    def call_title(self, call_id: str) -> str:
        """Return how a person knows a call; its id where the catalogue has no such call."""
        known = self.calls.get(call_id)
        return known.short_title if known else call_id

    def letter(self, template_id: str) -> LetterTemplate:
        """Return a letter template; CatalogProblem if the data folder has none."""
        try:
            return self.letters[template_id]
        except KeyError:
            raise _missing_file(f"letters/{template_id}.toml") from None

    def summary_layout(self) -> SummaryLayout:
        """Return the layout of the official summary table."""
        try:
            return self.layouts[_SUMMARY_LAYOUT]
        except KeyError:
            raise _missing_file(f"tables/{_SUMMARY_LAYOUT}.toml") from None


def _missing_file(path: str) -> CatalogProblem:
    return CatalogProblem("catalog.missing_file", path=path, key="", reason=path)


def _own_call_files(folder: Path | None) -> list[Path]:
    """Return the call files of ``folder``; hidden ones are other programs' leftovers."""
    if folder is None or not folder.is_dir():
        return []
    files = folder.glob(f"*{OWN_CALL_SUFFIX}")
    return sorted(path for path in files if not path.name.startswith("."))


def _add_own(call: Call, calls: dict[str, Call], forms: Mapping[str, Form], path: str) -> None:
    if call.id in calls:
        raise InputProblem("call.twice", path=path, call=call.id)
    require_known_form(call, forms, path)
    calls[call.id] = call


def require_known_form(call: Call, forms: Mapping[str, Form], path: str) -> None:
    """Raise InputProblem where none of the form versions a call accepts is known here."""
    if not any(accepted in forms for accepted in call.accepts):
        raise InputProblem("call.no_known_form", path=path, forms=call.accepts)


def _check_call(call: Call, forms: Mapping[str, Form], path: str) -> None:
    """A shipped call names only forms, kinds of task and priorities that exist."""
    for index, full_id in enumerate(call.accepts):
        if full_id not in forms:
            raise _mistake("unknown_form", path, f"accepts[{index}]", full_id)
    accepted = [forms[full_id] for full_id in call.accepts]
    for kind, items in call.recipe.items():
        for index, item in enumerate(items):
            _, _, task_kind = item.need.partition(":")
            if task_kind and not _is_option(accepted, "task_kind", task_kind):
                raise _mistake("unknown_option", path, f"recipe.{kind}[{index}].need", task_kind)
    for index, priority in enumerate(call.priorities):
        if not _is_option(accepted, "priorities", priority.id):
            raise _mistake("unknown_option", path, f"priorities[{index}].id", priority.id)


def _is_option(forms: list[Form], key: str, option: str) -> bool:
    """Whether every form that asks for ``key`` offers ``option``."""
    fields = [field for form in forms if (field := form.find(key)) is not None]
    return all(any(offered.id == option for offered in field.options) for field in fields)


def _mistake(what: str, path: str, key: str, reason: str) -> CatalogProblem:
    return CatalogProblem(f"catalog.{what}", path=path, key=key, reason=reason)
