"""Forms, calls, letters, tables, rules and messages, read from data files.

A mistake in a shipped file is a CatalogProblem that names the file, the key and the reason; a
mistake in a file from outside is an InputProblem.
"""

from ncs_desktop.catalog.calls import (
    CALL_FILE_LIMIT,
    call_table,
    read_call,
    read_edited_call,
    write_call,
)
from ncs_desktop.catalog.catalogue import OWN_CALL_SUFFIX, Catalog, require_known_form
from ncs_desktop.catalog.messages import Messages
from ncs_desktop.catalog.papers import Rule
from ncs_desktop.catalog.reader import is_identifier

__all__ = [
    "CALL_FILE_LIMIT",
    "OWN_CALL_SUFFIX",
    "Catalog",
    "Messages",
    "Rule",
    "call_table",
    "is_identifier",
    "read_call",
    "read_edited_call",
    "require_known_form",
    "write_call",
]
