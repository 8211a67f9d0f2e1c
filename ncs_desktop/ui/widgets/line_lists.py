"""Lists in a rich text by their literal markers: made and unmade, continued, counted, shifted.

A marker is ordinary text at the start of its line, so nothing here stands between keys and words:
the keys that shape a list (Enter, Tab, Backspace right behind a marker) ask for one of these steps,
all others go to the text untouched. Each step can be undone at once.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCharFormat, QTextCursor

from ncs_desktop.domain.blocks import ListItem, blocks_from_text, marker_level
from ncs_desktop.ui.widgets.rich_text import EXTRA, LEVEL, item_of, set_item

_LETTERS = "abcdđeghiklmnopqrstuvxy"
"""Letters of points in Vietnamese official texts, in their order."""
_DEEPEST = 3


def is_counted(marker: str) -> bool:
    """Whether ``marker`` counts its items, by number or letter; a dash does not."""
    return marker[:1].isalnum()


def words_start(block: QTextBlock) -> int:
    """Return where in the document the words of ``block`` begin, behind its marker."""
    item = item_of(block)
    return block.position() + (len(item[0]) + 1 if item else 0)


def mark_lines(cursor: QTextCursor, marker: str) -> None:
    """Give every selected line ``marker`` (``1.`` counts on); remove it where all have its kind."""
    blocks = _selected(cursor)
    items = [item_of(block) for block in blocks]
    remove = all(item and is_counted(item[0]) == is_counted(marker) for item in items)
    cursor.beginEditBlock()
    for block in blocks:
        if remove:
            _unmark(block)
        elif is_counted(marker):
            made = _marker_at(block, 1, marker)
            _set_item(block, made, 1)
            _count_on(block, 1, made, _next(made))
        else:
            _set_item(block, marker, marker_level(marker))
    cursor.endEditBlock()


def next_item(cursor: QTextCursor) -> bool:
    """Begin the next item where ``cursor`` stands, or leave the list from an item without words.

    Return False where the cursor stands in no item.
    """
    item = item_of(cursor.block())
    if item is None:
        return False
    marker, level = item
    cursor.beginEditBlock()
    if not remove_lines(cursor, written_over=True):
        cursor.removeSelectedText()
    block = cursor.block()
    if block.length() - 1 <= len(marker) + 1:
        _unmark(block)
    else:
        cursor.setPosition(max(cursor.position(), words_start(block)))
        QTextCursor(block).setBlockFormat(_shape(block, marker, level))
        made, after = _next(marker), _next(_next(marker))
        cursor.insertBlock(_shape(block, made, level))
        cursor.insertText(f"{made} ", QTextCharFormat())
        _count_on(cursor.block(), level, made, after)
    cursor.endEditBlock()
    return True


def remove_lines(cursor: QTextCursor, *, written_over: bool) -> bool:
    """Remove a selection that goes from an item over several lines; False where it is none.

    As if markers could not be selected: the first item keeps its own, what is left of the last
    line joins it. Items selected as a whole go with their markers, unless something is about to be
    ``written_over`` them. A selection of the whole text is Qt's: all goes.
    """
    document, (start, end) = cursor.document(), (cursor.selectionStart(), cursor.selectionEnd())
    first, last = document.findBlock(start), document.findBlock(end)
    item, below = item_of(first), item_of(last)
    everything = start == 0 and end == document.characterCount() - 1
    if item is None or first == last or everything or _cell(first) != _cell(last):
        return False
    whole = start <= words_start(first) and end <= words_start(last)
    cursor.beginEditBlock()
    old = _next(below[0]) if below and below[1] == item[1] else ""
    if whole and not written_over:
        _remove(cursor, first.position(), last.position())
        block, made = cursor.block(), item[0]
        if below and below[1] == item[1] and is_counted(item[0]) == is_counted(below[0]):
            _set_item(block, made, item[1])
            _count_on(block, item[1], old, _next(made))
        cursor.setPosition(words_start(block))
    else:
        before = item_of(last.previous()) if whole else below
        old = _next(before[0]) if before and before[1] == item[1] else ""
        upto = last.position() - 1 if whole else max(end, words_start(last))
        _remove(cursor, max(start, words_start(first)), upto)
        _count_on(cursor.block(), item[1], old, _next(item[0]))
    cursor.endEditBlock()
    return True


def _remove(cursor: QTextCursor, start: int, end: int) -> None:
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    last = cursor.block().blockFormat()
    cursor.removeSelectedText()
    if cursor.atBlockStart():
        cursor.setBlockFormat(last)


def plain_again(cursor: QTextCursor) -> None:
    """Make what is left of an item without its marker a paragraph to look at too."""
    block = cursor.block()
    if block.blockFormat().hasProperty(LEVEL) and item_of(block) is None:
        cursor.setBlockFormat(_shape(block, "", 0))


def unmark_behind_marker(cursor: QTextCursor) -> bool:
    """Make an item a paragraph where ``cursor`` stands right behind its marker."""
    block = cursor.block()
    if cursor.hasSelection() or item_of(block) is None or cursor.position() != words_start(block):
        return False
    cursor.beginEditBlock()
    _unmark(block)
    cursor.endEditBlock()
    return True


def can_shift(cursor: QTextCursor, by: int) -> bool:
    """Whether the selected lines are items that a step of ``by`` levels concerns."""
    items = [item_of(block) for block in _selected(cursor)]
    return all(items) and (by > 0 or any(item and item[1] > 1 for item in items))


def tab_shifts(cursor: QTextCursor, by: int) -> bool:
    """Whether Tab is about items: before the words of one, or where several are selected.

    Anywhere else Tab leaves, so that no text becomes an item below another unseen.
    """
    block, whole = cursor.block(), cursor.document().findBlock(cursor.anchor())
    before = not cursor.hasSelection() and cursor.position() <= words_start(block)
    return (before or block != whole) and can_shift(cursor, by)


def shift_items(cursor: QTextCursor, by: int) -> None:
    """Move the selected items ``by`` levels, those around them counting on."""
    cursor.beginEditBlock()
    for block in _selected(cursor):
        item = item_of(block)
        if item is None:
            continue
        marker, level = item
        wanted = min(max(level + by, 1), _DEEPEST)
        if wanted == level:
            continue
        first = _below(marker) if by > 0 else _above(marker)
        _move(block, _marker_at(block, wanted, first), wanted)
    cursor.endEditBlock()


def _move(block: QTextBlock, made: str, wanted: int) -> None:
    """Give the item ``block`` another marker and level, those around it counting on."""
    marker, level = item_of(block) or (made, wanted)
    _count_on(block, level, _next(marker), marker if wanted > level else _first(marker))
    _set_item(block, made, wanted)
    _count_on(block, wanted, made, _next(made))


def typed_mark(cursor: QTextCursor) -> str:
    """Return the marker typed right behind that of an item, where the item can become its kind.

    Empty where there is none, and where lists go no deeper: then it stays what it is, characters.
    """
    block = cursor.block()
    item = None if cursor.hasSelection() else item_of(block)
    if item is None:
        return ""
    typed = block.text()[len(item[0]) + 1 : cursor.positionInBlock()]
    read = blocks_from_text(f"{typed} ")
    if len(read) != 1 or not isinstance(read[0], ListItem) or read[0].runs:
        return ""
    mark = read[0].marker
    return mark if _place_of(block, mark)[1] <= max(_DEEPEST, item[1]) else ""


def turn_item(cursor: QTextCursor, mark: str) -> None:
    """Let the item behind whose marker ``mark`` and a blank were typed become that kind of item.

    The characters go. A mark of the item's own kind says nothing new.
    """
    block = cursor.block()
    cursor.beginEditBlock()
    cursor.setPosition(words_start(block), QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    made, level = _place_of(block, mark)
    if (made, level) != item_of(block):
        _move(block, made, level)
    cursor.endEditBlock()


def _place_of(block: QTextBlock, mark: str) -> tuple[str, int]:
    """Return marker and level of the item ``block`` when ``mark`` is typed in it.

    It goes on with the list of that kind it stands in, or begins one: below an item of a higher
    kind (``1.``, ``a)``, ``-``, ``+``), else where it is. A level chosen by Tab stays, but for the
    very number the list above waits for.
    """
    marker, level = item_of(block) or ("", 0)
    if _rank(marker) == _rank(mark):
        return marker, level
    above = _above_it(block)
    if not above:
        return mark, marker_level(mark)
    begins = above[0][1] < level
    for its, at in above:
        waited_for = is_counted(mark) and mark == _next(its)
        if _rank(its) == _rank(mark) and (waited_for or not begins):
            return _next(its), at
    higher = [at for its, at in above if _rank(its) < _rank(mark)]
    return mark, level if begins or not higher else higher[0] + 1


def _above_it(block: QTextBlock) -> list[tuple[str, int]]:
    """Return the last item before ``block``, the item that stands under, and so on up."""
    found: list[tuple[str, int]] = []
    for _block, (marker, level) in _items(block, forward=False):
        if not found or level < found[-1][1]:
            found.append((marker, level))
    return found


def _rank(marker: str) -> int:
    """Return how high ``marker`` stands among the kinds of an official text, 0 the highest."""
    if not is_counted(marker):
        return 4 if marker == "+" else 3
    if marker[:1].isdecimal():
        return 1
    return 2 if marker.endswith(")") else 0


def _selected(cursor: QTextCursor) -> list[QTextBlock]:
    document = cursor.document()
    block = document.findBlock(cursor.selectionStart())
    last = document.findBlock(cursor.selectionEnd()).position()
    found = []
    while block.isValid() and block.position() <= last:
        found.append(block)
        block = block.next()
    return found


def _next(marker: str) -> str:
    """Return the marker after ``marker``: the next number or letter, the same dash."""
    sign = marker[:-1]
    if sign.isdecimal() and sign.isascii():
        return f"{int(sign) + 1}{marker[-1]}"
    if len(sign) == 1 and sign in _LETTERS[:-1]:
        return f"{_LETTERS[_LETTERS.index(sign) + 1]}{marker[-1]}"
    return marker


def _below(marker: str) -> str:
    """Return the marker of the first item under one with ``marker``."""
    if not is_counted(marker):
        return "-" if marker == "+" else "+"
    return "a)" if marker[:1].isdecimal() else "-"


def _above(marker: str) -> str:
    """Return the marker of an item that stood under another one, where no list goes before it."""
    if not is_counted(marker):
        return "-"
    return marker if marker[:1].isdecimal() else "1."


def _first(marker: str) -> str:
    """Return the marker a list of ``marker``'s kind begins with."""
    if not is_counted(marker):
        return marker
    return f"{'1' if marker[:1].isdecimal() else 'a'}{marker[-1]}"


def _marker_at(block: QTextBlock, level: int, first: str) -> str:
    """Return the marker ``block`` takes at ``level``: after the item before it, or ``first``."""
    for _block, (marker, its) in _items(block, forward=False):
        if its < level:
            return _below(marker) if level > 1 else first
        if its == level:
            same = level > 1 or is_counted(marker) == is_counted(first)
            return _next(marker) if same else first
    return first


def _items(block: QTextBlock, *, forward: bool) -> Iterator[tuple[QTextBlock, tuple[str, int]]]:
    """Yield the items of the list ``block`` stands in, from its neighbour on."""
    cell = _cell(block)
    while True:
        block = block.next() if forward else block.previous()
        item = item_of(block) if block.isValid() and _cell(block) == cell else None
        if item is None:
            return
        yield block, item


def _cell(block: QTextBlock) -> tuple[int, int, int] | None:
    table = QTextCursor(block).currentTable()
    if table is None:
        return None
    cell = table.cellAt(block.position())
    return table.firstPosition(), cell.row(), cell.column()


def _count_on(block: QTextBlock, level: int, old: str, new: str) -> None:
    """Let the items after ``block`` that counted on from ``old`` count on from ``new``."""
    for following, (marker, its) in _items(block, forward=True):
        if its < level or (its == level and marker != old):
            return
        if its == level and old != new:
            _set_item(following, new, level)
            old, new = _next(old), _next(new)


def _unmark(block: QTextBlock) -> None:
    item = item_of(block)
    if item is not None:
        marker, level = item
        _count_on(block, level, _next(marker), marker)
        _set_item(block, "", 0)


def _set_item(block: QTextBlock, marker: str, level: int) -> None:
    """Make ``block`` an item with ``marker``; a paragraph where that is empty."""
    edit = QTextCursor(block)
    start = words_start(block)
    shape = _shape(block, marker, level)
    if marker:
        edit.insertText(f"{marker} ")
        start += len(marker) + 1
    if start > edit.position():
        edit.setPosition(start, QTextCursor.MoveMode.KeepAnchor)
        edit.removeSelectedText()
    edit.setBlockFormat(shape)


def _shape(block: QTextBlock, marker: str, level: int) -> QTextBlockFormat:
    made = QTextBlockFormat()
    if extra := block.blockFormat().property(EXTRA):
        made.setProperty(EXTRA, extra)
    if marker:
        set_item(made, marker, level)
    return made
