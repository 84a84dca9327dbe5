"""The small parts of `matrix.html`; every text from a run goes through `text`."""

import re
from collections.abc import Iterable, Iterator, Sequence

from soc2test.reports.html_links import anchor, control_links
from soc2test.reports.text import html_text
from soc2test.reports.view import GLYPHS, STATUS_WORDS, VERDICT_SIGNS, VERDICT_WORDS
from soc2test.verdicts import Verdict

__all__ = [
    "anchor",
    "code",
    "control_links",
    "prose",
    "section",
    "sign",
    "status_sign",
    "table",
    "text",
    "verdict_sign",
]

_NARROW = {
    "collected": "time",
    "control": "word",
    "criteria": "word",
    "label": "word",
    "status": "word",
    "outcome": "word",
    "rests on": "word",
    "verdict": "word",
    "records": "num",
    "severity": "word",
    "sha256": "hash",
    "test": "word",
}
_TICKED = re.compile("`([^`]+)`")
_SENTENCE = 600  # characters
_ROOM = 150_000  # bytes of a table; the page stays below 5 MB
_CELL = 60  # bytes of markup around a cell

text = html_text


def code(value: str) -> str:
    """An id or a path, in a fixed-width face."""
    return f"<code>{text(value)}</code>"


def prose(value: str) -> str:
    """A sentence; what stands between backticks in it, as commands do, in a fixed-width face."""
    return _TICKED.sub(r"<code>\1</code>", text(value, _SENTENCE))


def sign(name: str, glyph: str, words: str) -> str:
    """A word with its sign and colour; `name` is the style's class."""
    return f'<span class="sign {name}"><span aria-hidden="true">{glyph}</span> {words}</span>'


def status_sign(status: str) -> str:
    """The status of a criterion."""
    return sign(status, GLYPHS[status], STATUS_WORDS[status])


def verdict_sign(verdict: Verdict) -> str:
    """The verdict of a control."""
    return sign(verdict.value, VERDICT_SIGNS[verdict], VERDICT_WORDS[verdict])


def section(id: str, heading: str, body: str, *, searched: bool = False) -> str:
    """A part of the page, nothing where it has no body. A `searched` one stays in sight while a search hides others."""
    kind = ' class="searched"' if searched else ""
    return f'<section id="{id}"{kind}>\n<h2>{heading}</h2>\n{body}\n</section>\n' if body else ""


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], total: int, room: int = _ROOM) -> str:
    """A table of ready HTML cells; on a phone each row becomes a block in which the column's name precedes.

    Of `total` rows those that do not fit into `room` bytes are not asked for, and are counted below it.
    """
    shown = list(_fitting(rows, room))
    if not shown:
        return _more(total)
    style = {column: f' class="{name}"' for column, name in _NARROW.items()}
    head = "".join(f'<th scope="col"{style.get(column, "")}>{column}</th>' for column in columns)
    body = "\n".join(
        "<tr>"
        + "".join(
            f'<td{style.get(column, "")} data-label="{column}">{cell}</td>'
            for column, cell in zip(columns, row, strict=True)
        )
        + "</tr>"
        for row in shown
    )
    whole = f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
    return whole + _more(total - len(shown))


def _fitting(rows: Iterable[Sequence[str]], room: int) -> Iterator[Sequence[str]]:
    for row in rows:
        room -= sum(len(cell.encode()) + _CELL for cell in row)
        if room < 0:
            return
        yield row


def _more(count: int) -> str:
    return f'\n<p class="fine">and {count} more, all of them in the .ndjson files beside this page</p>' if count else ""
