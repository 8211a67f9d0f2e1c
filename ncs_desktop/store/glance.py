"""A first look at the list, before anything heavy is loaded.

SQLAlchemy's import costs more than an empty window; the list a person waits for at the start is
read straight from the file. The full store opens right afterwards and its list replaces this one.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from ncs_desktop.store.connection import APPLICATION_ID, read_header
from ncs_desktop.store.migrate import shipped
from ncs_desktop.store.records import OWN_LINES, Listed, from_text

_COLUMNS = ", ".join(f'"{name}"' for name in Listed._fields[:-1])


def glance(path: Path) -> list[Listed] | None:
    """Return the own list at ``path``, the last saved first; None: only a full opening can tell.

    Read-only and never an error: a missing, foreign, older, newer, busy or damaged store gives
    None.
    """
    if not path.is_file():
        return None
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0)
    except (sqlite3.Error, ValueError):
        return None
    try:
        header = read_header(connection)
        if (header.application_id, header.version) != (APPLICATION_ID, shipped()[-1].number):
            return None
        rows = connection.execute(
            f"SELECT {_COLUMNS} FROM proposals WHERE trashed_at IS NULL AND {OWN_LINES}"
            " ORDER BY saved_at DESC"
        ).fetchall()
        return [Listed._make((*row[:5], from_text(row[5]), None, *row[7:], False)) for row in rows]
    except (sqlite3.Error, UnicodeDecodeError, ValueError, TypeError):
        return None
    finally:
        connection.close()
