"""The chapters of the guide: Markdown files read in the order of their names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ncs_desktop.paths import data_folder

_PICTURE = re.compile(r"^!\[[^\]]*\]\((images/[a-z0-9-]+\.png)\)\n?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One page: ``name`` without order and ending (``kinh-phi``), title, Markdown text."""

    name: str
    title: str
    text: str


def guide_folder() -> Path:
    """Return the folder of the Vietnamese guide."""
    return data_folder("resources") / "guide" / "vi"


def read_chapters(folder: Path | None = None) -> tuple[Chapter, ...]:
    """Read all chapters; a picture that was not made is left out of its page."""
    folder = guide_folder() if folder is None else folder
    return tuple(_read(path, folder) for path in sorted(folder.glob("*.md")))


def _read(path: Path, folder: Path) -> Chapter:
    def kept(found: re.Match[str]) -> str:
        return found[0] if (folder / found[1]).is_file() else ""

    text = _PICTURE.sub(kept, path.read_text(encoding="utf-8"))
    heading = text.partition("\n")[0].lstrip("# ").strip()
    return Chapter(path.stem.partition("-")[2], heading, text)
