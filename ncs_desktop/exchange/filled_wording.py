"""What a form prints and how others word it, ready to be compared with: made once for a form."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from ncs_desktop.domain.form import Form
from ncs_desktop.exchange.filled_anchors import Matcher, pairs_of, section_anchors
from ncs_desktop.exchange.filled_known import Known
from ncs_desktop.exchange.filled_labels import Labels
from ncs_desktop.exchange.filled_words import (
    HEADINGS,
    KNOWN_LINES,
    LABELS,
    SIGNATURE_LINES,
    STATIC_LABELS,
    TABLE_HEADS,
)


class Wording:
    """The words of one form: ``known`` ones, anchors of sections and labels, pairs around them.

    Nothing in it changes, so that one stands for every file read.
    """

    def __init__(self, form: Form) -> None:
        texts = tuple(_own_texts(form))
        self.known = Known(texts)
        self.heads = Known((*texts, *TABLE_HEADS))
        self.matcher = Matcher(section_anchors(form))
        self.labels = tuple(Labels(form, section) for section in form.sections)
        self.signature = _pairs([*(line.text for line in form.signature), *SIGNATURE_LINES])
        self.head = _pairs([*(line.text for line in form.head), *KNOWN_LINES, form.title])
        self.guidance = _pairs(section.guidance for section in form.sections)


@lru_cache(maxsize=8)
def wording_of(form: Form) -> Wording:
    """Return the wording of ``form``; a second file asks for the same one."""
    return Wording(form)


def _own_texts(form: Form) -> Iterable[str]:
    """Yield every text that the form prints, and how others word it."""
    yield from (form.title, *KNOWN_LINES, *SIGNATURE_LINES, *STATIC_LABELS)
    yield from (line.text for line in (*form.head, *form.signature))
    for section in form.sections:
        yield from (section.heading, section.guidance)
        yield from (part.label for line in section.lines for part in line.parts)
        for key in section.field_keys:
            yield from (form.field(key).label, *HEADINGS.get(key, ()), *LABELS.get(key, ()))


def _pairs(texts: Iterable[str]) -> frozenset[tuple[str, str]]:
    return frozenset(pair for text in texts for pair in pairs_of(text))
