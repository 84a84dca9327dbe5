"""A register's template as CSV and as YAML."""

import csv
import io
import json
from collections.abc import Iterable, Sequence

from soc2test.register_templates.columns import Column, example_row

__all__ = ["as_csv", "as_yaml"]


def as_csv(columns: Sequence[Column], filled: Iterable[Sequence[str]] = ()) -> str:
    """The names of the columns, an example that does not count, and the rows that are `filled`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    writer.writerow(example_row(list(columns)))
    writer.writerows(filled)
    return out.getvalue()


def as_yaml(register: str, columns: Sequence[Column], filled: Iterable[Sequence[str]] = ()) -> str:
    """The head of a register, each key with its meaning and an example in comments, and the `filled` entries."""
    lines = [f"register: {register}", "as_of: null  # the day on which somebody vouches that it is right: 2026-01-31"]
    lines += ["# Of each entry:"]
    for column in columns:
        lines += [f"#   {column.name}: {_one_line(column.description)} {column.how}"]
    lines += ["# entries:"]
    lines += [f"#   {'- ' if place == 0 else '  '}{each.name}: {_shown(each)}" for place, each in enumerate(columns)]
    rows = [{each.name: cell for each, cell in zip(columns, row, strict=True) if cell} for row in filled]
    if not rows:
        return "\n".join([*lines, "entries: []", ""])
    lines += ["entries:"]
    for row in rows:
        lines += [
            f"  {'- ' if place == 0 else '  '}{name}: {_quoted(cell)}" for place, (name, cell) in enumerate(row.items())
        ]
    return "\n".join([*lines, ""])


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _shown(column: Column) -> str:
    """The example as YAML writes it."""
    if column.form in ("yes or no", "number"):
        return {"yes": "true"}.get(column.example, column.example)
    if column.form == "list":
        return f"[{', '.join(_quoted(part.strip()) for part in column.example.split(';'))}]"
    return "null" if column.form == "document" else _quoted(column.example)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
