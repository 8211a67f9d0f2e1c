"""What stands on the paper of a neutral document, in reading order."""

from collections.abc import Iterable, Iterator

from ncs_desktop.documents.page import Document, Element, Grid, Text


def all_texts(elements: Iterable[Element]) -> Iterator[Text]:
    for element in elements:
        if isinstance(element, Text):
            yield element
        elif isinstance(element, Grid):
            for row in element.rows:
                for cell in row.cells:
                    yield from all_texts(cell.content)


def all_grids(elements: Iterable[Element]) -> Iterator[Grid]:
    for element in elements:
        if isinstance(element, Grid):
            yield element
            for row in element.rows:
                for cell in row.cells:
                    yield from all_grids(cell.content)


def shown(text: Text) -> str:
    body = "".join(run.text for run in text.runs)
    marked = f"{text.marker} {body}" if text.marker else body
    return f"{marked}……" if text.leader else marked


def lines(document: Document) -> list[str]:
    """Every printed paragraph; «……» stands for a dotted leader."""
    return [line for line in map(shown, all_texts(document.body)) if line]


def words(document: Document) -> list[str]:
    return " ".join(lines(document)).split()
