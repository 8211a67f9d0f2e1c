"""Forms, calls, letters, tables, rules and messages, read from data files.

A mistake in a shipped file is a CatalogProblem that names the file, the key and the reason; a
mistake in a file from outside is an InputProblem.
"""

from ncs_desktop.catalog.calls import CALL_FILE_LIMIT, read_call, write_call
from ncs_desktop.catalog.catalogue import Catalog
from ncs_desktop.catalog.messages import Messages
from ncs_desktop.catalog.papers import Rule

__all__ = ["CALL_FILE_LIMIT", "Catalog", "Messages", "Rule", "read_call", "write_call"]
