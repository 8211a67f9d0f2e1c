"""Alt and a letter for every command in sight: each window gives its letters out by itself.

A page shows its own buttons, those of a notice, those of the bar beside it; who wrote one of them
cannot know the others. So no text in the code has to carry its «&»: the letters are given when a
window comes to the front, when the keyboard moves, and at the latest when Alt goes down. Letters
that a text does carry are wishes. Only A to Z count: an accented letter cannot be typed with Alt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from weakref import WeakKeyDictionary

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut, QWindow
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QPushButton,
    QRadioButton,
    QTabBar,
    QToolBar,
    QToolButton,
    QWidget,
)

_MARK = re.compile(r"&([^&\s])")
_ALT_LETTER = re.compile(r"Alt\+([A-Z])")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_UNDO = "bỏ "
_OWN, _NONE = "altLetter", "-"
"""The property of a control with the letter it was given last; «-» where it is to go without."""
_IDLE_MS = 100
"""The keyboard has to rest so long before letters are given anew."""


class Rank(Enum):
    """Who has its letter first: the pages of the program, its tool bars, everything else."""

    PAGE = auto()
    BAR = auto()
    OTHER = auto()


@dataclass(frozen=True)
class Command:
    """Something in sight that a letter can reach: its text, and how to write it anew."""

    text: str
    write: Callable[[str], object]
    keyed: bool = False
    """Whether other keys reach it: where letters are few it is the one to go without."""
    rank: Rank = Rank.OTHER
    owner: QObject | None = None
    place: int = 0
    """Its control, which remembers its letter, and the place there: a bar has several tabs."""

    @property
    def last(self) -> str:
        """The letter it was given last, whatever its text was then; "" none."""
        return str(self.owner.property(self._own) or "") if self.owner is not None else ""

    @property
    def _own(self) -> str:
        return f"{_OWN}{self.place}"

    def remember(self, letter: str) -> None:
        """Keep its letter with the control, for as long as that lives."""
        if self.owner is not None and letter != self.last:
            self.owner.setProperty(self._own, letter)

    @property
    def letter(self) -> str:
        """The letter it has; "" none."""
        found = _MARK.search(self.text.replace("&&", "  "))
        return found.group(1).lower() if found else ""

    @property
    def plain(self) -> str:
        """Its text without a mark."""
        return _MARK.sub(r"\1", self.text) if "&&" not in self.text else self.text

    @property
    def wishes(self) -> list[str]:
        """The letters it could have, the fittest first: its own, of a word's begin, any other."""
        low = self.plain.lower()
        begins = [part[0] for part in re.split(r"[^\w]+", low) if part]
        wished = dict.fromkeys((self.letter, *begins, *low))
        return [letter for letter in wished if letter and letter in _LETTERS]

    def take(self, letter: str) -> None:
        """Write the text with ``letter`` marked; "" with none."""
        plain = self.plain
        begin = re.search(rf"(?<!\w){letter}", plain, re.IGNORECASE) if letter else None
        at = begin.start() if begin else plain.lower().find(letter)
        marked = f"{plain[:at]}&{plain[at:]}" if letter and at >= 0 else plain
        if marked != self.text:
            self.write(marked)


_held: WeakKeyDictionary[QWidget, dict[str, str]] = WeakKeyDictionary()
"""Of each window, which text each letter last led to."""


def give(window: QWidget) -> None:
    """Give every command in sight of ``window`` a letter of its own.

    A hand learns letters, so one stays with its control as long as that lives, also while others
    come and go and where its words change; it never leads next to what undoes its text. New ones
    get a letter that led nowhere else, else one that is free; the pages of the program have theirs
    first and always. Where letters are few, commands of a tool bar that other keys reach go without
    from then on; where that is not enough, what came last goes without. The same words at many
    lines of a list share a letter where there are not enough: it leads from one to the next. Boxes
    to tick, and names of fields, get letters only where there are enough for all of them.
    """
    taken = set(_bound(window))
    held = _held.setdefault(window, {})
    commands = in_reach(window)
    pages, bars, others = ([one for one in commands if one.rank is rank] for rank in Rank)
    _write(pages, _shared_out(pages, taken, held), taken, held)
    wanted, letters = _with_bars(bars, sorted(others, key=lambda one: not one.letter), taken, held)
    _write(wanted, letters, taken, held)
    for kind in (_buttons(window, (QCheckBox, QRadioButton)), _names(window)):
        letters = _shared_out(kind, taken, held)
        if all(letters):
            _write(kind, letters, taken, held)
        else:
            for one in kind:
                one.take("")


def _with_bars(
    bars: Sequence[Command], others: Sequence[Command], taken: set[str], held: Mapping[str, str]
) -> tuple[list[Command], list[str]]:
    """Return the commands of tool bars and the others, and their letters.

    Of the bars, as many of the last that other keys reach go without as the others need; those that
    never had a letter first.
    """
    without = [one for one in bars if one.last == _NONE]
    keyed = [one for one in bars if one.keyed and one not in without]
    keyed.sort(key=lambda one: not one.last)
    while True:
        wanted = [*(one for one in bars if one not in without), *others]
        letters = _shared_out(wanted, taken, held)
        if all(letters) or not keyed:
            return [*wanted, *without], [*letters, *([""] * len(without))]
        keyed[-1].remember(_NONE)
        without.append(keyed.pop())


def _write(
    commands: Sequence[Command], letters: Sequence[str], taken: set[str], held: dict[str, str]
) -> None:
    for one, letter in zip(commands, letters, strict=True):
        one.take(letter)
        if letter:
            one.remember(letter)
            taken.add(letter)
            held[letter] = one.plain


def _shared_out(commands: Sequence[Command], taken: set[str], held: Mapping[str, str]) -> list[str]:
    """Return a letter for each command; every text has one before the same text has a second."""
    kept = _kept(commands, taken, held)
    groups: dict[str, list[int]] = {}
    for index in sorted(range(len(commands)), key=lambda at: not kept[at]):
        groups.setdefault(commands[index].plain, []).append(index)
    heads = [group[0] for group in groups.values()]
    own = [kept[head] for head in heads]
    firsts = _first_letters([commands[head] for head in heads], own, taken, held)
    letters = dict(zip(heads, firsts, strict=True))
    used = taken | set(firsts)
    for group in groups.values():
        rest = group[1:]
        wishes = [[kept[at]] if kept[at] else commands[at].wishes for at in rest]
        others = share(wishes, used)
        if not all(others):
            others = [letters[group[0]]] * len(rest)
        used |= set(others)
        letters |= dict(zip(rest, others, strict=True))
    return [letters[index] for index in range(len(commands))]


def _kept(commands: Sequence[Command], taken: set[str], held: Mapping[str, str]) -> list[str]:
    """Return the letter each command had and keeps, "" where it has to have another one."""
    owners: dict[str, str] = {}
    letters = []
    for one in commands:
        letter = one.last
        fits = letter in one.wishes and letter not in taken
        fits = fits and not _undoes(one.plain, held.get(letter, ""))
        fits = fits and owners.setdefault(letter, one.plain) == one.plain
        letters.append(letter if fits else "")
    return letters


def _first_letters(
    commands: Sequence[Command],
    kept: Sequence[str],
    taken: set[str],
    held: Mapping[str, str],
) -> list[str]:
    """Return the letters ``kept``, and for the others such that led nowhere else, or free ones."""
    allowed = [
        sorted(
            (letter for letter in one.wishes if not _undoes(one.plain, held.get(letter, ""))),
            key=lambda letter, text=one.plain: held.get(letter) != text,  # type: ignore[misc]
        )
        for one in commands
    ]
    own = [
        [letter for letter in letters if held.get(letter, one.plain) == one.plain]
        for one, letters in zip(commands, allowed, strict=True)
    ]
    letters = list(kept)
    for wishes in (own, allowed):
        wanted = [[] if has else wish for has, wish in zip(letters, wishes, strict=True)]
        more = share(wanted, taken | set(letters))
        letters = [has or other for has, other in zip(letters, more, strict=True)]
    return letters


def _undoes(one: str, other: str) -> bool:
    """Whether one of two texts takes back the other: «Bỏ xác nhận», «Xác nhận đã xem»."""
    first, second = one.casefold(), other.casefold()
    return any(
        undo.startswith(_UNDO) and done.startswith(undo.removeprefix(_UNDO).rstrip("…"))
        for undo, done in ((first, second), (second, first))
    )


def in_reach(window: QWidget) -> list[Command]:
    """Return what always is to have a letter: the buttons with words, and the tabs, in sight."""
    kinds = (QPushButton,), (QToolButton,)
    return [*_buttons(window, kinds[0]), *_tabs(window), *_buttons(window, kinds[1])]


def share(wishes: Sequence[Sequence[str]], taken: set[str], given: Sequence[str] = ()) -> list[str]:
    """Return a letter for each list of wishes, none twice, "" where it cannot be.

    As many get one as possible: where no wish is free, others move.
    """
    holders: dict[str, int] = {}

    def place(index: int, tried: set[str]) -> bool:
        closed = taken | tried
        open_wishes = [letter for letter in wishes[index] if letter not in closed]
        for letter in sorted(open_wishes, key=lambda one: one in holders):
            tried.add(letter)
            if letter not in holders or place(holders[letter], tried):
                holders[letter] = index
                return True
        return False

    for index in range(len(wishes)):
        place(index, set())
    letters = {index: letter for letter, index in holders.items()}
    return [letters.get(index, "") for index in range(len(wishes))]


def _in_sight(window: QWidget, widget: QWidget) -> bool:
    return widget.isVisible() and widget.window() is window


def _buttons(window: QWidget, kinds: tuple[type[QAbstractButton], ...]) -> list[Command]:
    return [
        Command(found.text(), found.setText, _has_keys(found), _rank(found), found)
        for found in window.findChildren(QAbstractButton)
        if isinstance(found, kinds)
        and _in_sight(window, found)
        and not (isinstance(found, QToolButton) and _only_picture(found))
        and found.shortcut() in (QKeySequence(), QKeySequence.mnemonic(found.text()))
        and any(letter in _LETTERS for letter in found.text().lower())
    ]


def _rank(found: QAbstractButton) -> Rank:
    if found.property("role") == "nav":
        return Rank.PAGE
    return Rank.BAR if isinstance(found.parentWidget(), QToolBar) else Rank.OTHER


def _has_keys(found: QAbstractButton) -> bool:
    """Whether a command's action has keys of its own, as the pages have Ctrl and a number."""
    action = found.defaultAction() if isinstance(found, QToolButton) else None
    return found.property("role") == "nav" or (action is not None and bool(action.shortcuts()))


def _only_picture(found: QToolButton) -> bool:
    return found.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly


def _tabs(window: QWidget) -> list[Command]:
    return [
        Command(bar.tabText(index), _writer(bar, index), owner=bar, place=index)
        for bar in window.findChildren(QTabBar)
        if _in_sight(window, bar)
        for index in range(bar.count())
    ]


def _writer(bar: QTabBar, index: int) -> Callable[[str], object]:
    return lambda text: bar.setTabText(index, text)


def _names(window: QWidget) -> list[Command]:
    return [
        Command(found.text(), found.setText, owner=found)
        for found in window.findChildren(QLabel)
        if found.buddy() is not None and _in_sight(window, found) and found.text()
    ]


def _bound(window: QWidget) -> Iterator[str]:
    """Yield the letters that commands without a text of their own hold."""
    keys = [keys for act in window.findChildren(QAction) for keys in act.shortcuts()]
    for one in [*keys, *(short.key() for short in window.findChildren(QShortcut))]:
        if found := _ALT_LETTER.fullmatch(one.toString()):
            yield found.group(1).lower()


class Mnemonics(QObject):
    """Gives the letters of whichever window is in front, as long as the program runs."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_IDLE_MS)
        self._soon.timeout.connect(self.give)
        app.focusWindowChanged.connect(self._on_window)
        app.focusChanged.connect(self._soon.start)

    @Slot(QWindow)
    def _on_window(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)
        self._soon.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Give the letters anew the moment Alt goes down; the key itself goes its way."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Alt
        ):
            self.give()
        return False

    @Slot()
    def give(self) -> None:
        """Give the letters of the window in front."""
        window = QApplication.activeWindow()
        if window is not None:
            give(window)
