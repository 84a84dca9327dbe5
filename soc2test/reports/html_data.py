"""The section of `matrix.html` about where sensitive data lives, how it is exposed, who reads it and where it goes."""

from collections.abc import Iterator, Sequence

from soc2test.data_map.words import NOT_TOLD, destination_text, flow_notes, reader_text
from soc2test.reports.html_parts import code, prose, sign, table, text
from soc2test.reports.view import GLYPHS
from soc2test.run import Destination, Run, StoreEntry

__all__ = ["data"]

_LONG = 300  # characters
_PLACES = 10
"""of how many places and readers of a store the page tells"""
_WORSE = ("vendor", "weaker")
_SENSITIVE = {"yes": "sensitive", "unknown": "not known"}


def data(run: Run) -> str:
    """A row a store; nothing where the run saw none."""
    if run.data.streamed:
        return "<p>The stores are read from streamed exports; <code>soc2test data</code> lists them.</p>"
    stores = run.data.stores
    if not stores and not run.data.others:
        return ""
    columns = ("store", "label", "holds", "how it lies open", "goes to", "read by", "not told")
    shown = table(columns, map(_row, stores), len(stores))
    return f"<p>{' '.join(_intro(run))}</p>\n{shown}"


def _intro(run: Run) -> Iterator[str]:
    yield "Stores that hold sensitive data by their label or by what a scanner found, and those of which nobody knows."
    if run.data.lacks:
        yield '<b class="sign not_evaluated">These may not be all stores:</b> see the gaps above.'
    if run.data.more:
        yield f"{run.data.more} more are not listed here; <code>soc2test data</code> lists all."
    if run.data.others:
        yield f"{run.data.others} hold nothing sensitive, by their label and a scanner."
    yield from map(prose, flow_notes(run.data))


def _row(store: StoreEntry) -> tuple[str, ...]:
    found = f"<br>found: {text(', '.join(store.found), _LONG)}" if store.found else ""
    return (
        f'{code(store.id)} <span class="soft">{text(store.kind)}</span>',
        text(store.label or "none"),
        f"{_SENSITIVE[store.sensitive]}{found}",
        _exposed(store),
        _some([_destination(place) for place in store.goes_to]),
        _some([text(reader_text(reader), _LONG) for reader in store.read_by]),
        text(", ".join(store.untold) or "-", _LONG),
    )


def _exposed(store: StoreEntry) -> str:
    lines = []
    for exposure in store.exposed:
        words = text(exposure.text)
        words = sign("deviation", GLYPHS["deviation"], words) if exposure.fact == "public" else words
        lines.append(f'{words} <span class="soft">{", ".join(exposure.criteria)}</span>')
    return "<br>".join(lines) or "-"


def _destination(place: Destination) -> str:
    words = text(destination_text(place), _LONG)
    return sign("deviation", GLYPHS["deviation"], words) if place.held in _WORSE else words


def _some(lines: Sequence[str]) -> str:
    """The first lines, and how many more there are."""
    more = f"<br>and {len(lines) - _PLACES} more; <code>soc2test data</code> lists all" if len(lines) > _PLACES else ""
    return "<br>".join(lines[:_PLACES]) + more if lines else NOT_TOLD
