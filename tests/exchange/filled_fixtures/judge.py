"""Compares what was read with what was filled in: right fields, lost words, silent mistakes."""

from collections import Counter
from dataclasses import dataclass, field

from ncs_desktop.domain.blocks import blocks_from_value, plain_text
from ncs_desktop.domain.form import FieldKind
from ncs_desktop.domain.proposal import lookup
from ncs_desktop.domain.text import words

SILENT = 0.8


@dataclass
class Judgement:
    right: int = 0
    total: int = 0
    complaints: list = field(default_factory=list)
    silent: list = field(default_factory=list)
    wrong_amounts: list = field(default_factory=list)


def judge(form, variant, values, document, read):
    """What ``read`` got right of ``values``."""
    found = Judgement()
    for item in form.fields:
        if not item.printed:
            continue
        wanted = None if item.key in variant.missing else values[item.key]
        got = lookup(read.values, item.key)
        found.total += 1
        if same(item.kind, wanted, got):
            found.right += 1
            continue
        how = read.field(item.key)
        sure = how.confidence if how else 0.0
        found.complaints.append(f"{item.key} ({sure}): {str(wanted)[:150]!r} != {str(got)[:150]!r}")
        if how is not None and sure >= SILENT:
            found.silent.append(item.key)
        if item.kind is FieldKind.MONEY and got is not None and not how.remarks:
            found.wrong_amounts.append(item.key)
    lost = lost_words(document, read)
    if lost:
        found.complaints.append(f"words {dict(lost)}")
    unplaced = words(" ".join(read.unplaced))
    for text in variant.loose:
        if Counter(words(text)) - Counter(unplaced):
            found.complaints.append(f"not among the unplaced: {text}")
    return found


def same(kind, wanted, got):
    """Whether a value says what was filled in; white space and numbering of lists aside."""
    if kind in (FieldKind.MONEY, FieldKind.YEAR):
        return wanted == got
    if kind is FieldKind.TEXT_LIST:
        return tuple(wanted or ()) == tuple(got or ())
    if kind is FieldKind.BLOCKS:
        return squeezed(blocks_text(wanted)) == squeezed(blocks_text(got))
    return " ".join((wanted or "").split()) == " ".join((got or "").split())


def blocks_text(value):
    if isinstance(value, list):  # lines of the fixture
        lines = []
        for line in value:
            lines += ["\t".join(row) for row in line] if isinstance(line, tuple) else [line]
        return "\n".join(lines)
    return plain_text(blocks_from_value(value))


def squeezed(text):
    """The text with every stretch of white space one space."""
    return " ".join(text.split())


def lost_words(document, read):
    """Letters and digits of the source that are nowhere, or somewhere twice.

    They are counted one by one: a figure may be cut from the unit typed against it («4850tr»).
    """
    source = Counter(
        "".join(w for story in document.stories for w in words(plain_text(story.blocks)))
    )
    texts = (*(item.source for item in read.fields), *read.form_words, *read.unplaced)
    kept = Counter("".join(word for text in texts for word in words(text)))
    lost = Counter(source)
    lost.subtract(kept)
    return {word: count for word, count in lost.items() if count}
