"""The section of `matrix.html` about where sensitive data lives, and how it is exposed."""

from collections.abc import Iterator

from soc2test.reports.html_parts import code, sign, table, text
from soc2test.reports.view import GLYPHS
from soc2test.run import Run, StoreEntry

__all__ = ["data"]

_LONG = 300  # characters
_SENSITIVE = {"yes": "sensitive", "unknown": "not known"}


def data(run: Run) -> str:
    """A row a store; nothing where the run saw none."""
    if run.data.streamed:
        return "<p>The stores are read from streamed exports; <code>soc2test data</code> lists them.</p>"
    stores = run.data.stores
    if not stores and not run.data.others:
        return ""
    columns = ("store", "label", "holds", "how it lies open", "not told")
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


def _row(store: StoreEntry) -> tuple[str, ...]:
    found = f"<br>found: {text(', '.join(store.found), _LONG)}" if store.found else ""
    return (
        f'{code(store.id)} <span class="soft">{text(store.kind)}</span>',
        text(store.label or "none"),
        f"{_SENSITIVE[store.sensitive]}{found}",
        _exposed(store),
        text(", ".join(store.untold) or "-", _LONG),
    )


def _exposed(store: StoreEntry) -> str:
    lines = []
    for exposure in store.exposed:
        words = text(exposure.text)
        words = sign("deviation", GLYPHS["deviation"], words) if exposure.fact == "public" else words
        lines.append(f'{words} <span class="soft">{", ".join(exposure.criteria)}</span>')
    return "<br>".join(lines) or "-"
