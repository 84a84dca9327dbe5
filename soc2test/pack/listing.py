"""The lists of a pack: each record with what is told of it, and each file of each snapshot with its digest."""

import csv
import io
from collections.abc import Iterable, Iterator

from soc2test.listing.cells import inert_cell
from soc2test.store.chain import Link, Store
from soc2test.store.listing import Kept
from soc2test.store.objects import NoSuchObject

__all__ = ["evidence_csv", "records_csv"]

_RECORDS = (
    "record", "recorded_at", "digest", "what", "files", "evidence_from", "evidence_to", "run_as_of", "run_complete",
    "deviating_tests", "collectors", "witness", "nonce", "commit", "commit_is_whole", "ci_run", "soc2test",
)  # fmt: skip
_EVIDENCE = ("record", "path", "sha256", "bytes_kept", "secrets_replaced", "in_this_pack")


def records_csv(links: Iterable[Link]) -> str:
    """A row for each record, oldest first."""
    return _csv(_RECORDS, (_record(link) for link in links))


def evidence_csv(store: Store, links: Iterable[Link], left_out: Iterable[str]) -> str:
    """A row for each file of each snapshot, also of those whose evidence was pruned or left out."""
    gone = frozenset(left_out)
    return _csv(_EVIDENCE, _files(store, list(links), gone))


def _record(link: Link) -> tuple[str, ...]:
    record, origin = link.record, link.record.origin
    verdicts = record.verdicts
    deviating = "" if verdicts is None else str(sum(verdict == "fail" for verdict in verdicts.controls.values()))
    if record.pruned is not None:
        what = f"evidence of records {', '.join(map(str, record.pruned.numbers))} was pruned: {record.pruned.reason}"
    else:
        what = "exports alone" if verdicts is None else "exports and what a run found"
    return (
        str(link.head.number), origin.recorded_at, link.head.digest, what,
        "" if record.kept is None else str(record.kept.files), origin.evidence_from or "", origin.evidence_to or "",
        "" if verdicts is None else verdicts.as_of, "" if verdicts is None else _yes(verdicts.complete), deviating,
        ", ".join(sorted({each.collector for each in origin.collections if each.collector})), origin.witness or "",
        origin.nonce or "", origin.commit or "", "" if origin.clean is None else _yes(origin.clean),
        " ".join(f"{name}={value}" for name, value in sorted(origin.ci.items())),
        "" if record.tool is None else record.tool.version,
    )  # fmt: skip


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _files(store: Store, links: list[Link], gone: frozenset[str]) -> Iterator[tuple[str, ...]]:
    pruned = {number for link in links if link.record.pruned is not None for number in link.record.pruned.numbers}
    for link in links:
        if link.record.kept is None:
            continue
        try:
            files = store.files(link.record)
        except NoSuchObject:
            continue
        for file in files:
            yield _file(link, file, pruned=link.head.number in pruned, left_out=file.stored.sha256 in gone)


def _file(link: Link, file: Kept, *, pruned: bool, left_out: bool) -> tuple[str, ...]:
    there = "no: pruned" if pruned else "no: left out" if left_out else "yes"
    return (str(link.head.number), file.path, file.sha256, str(file.stored.size), str(file.secrets), there)


def _csv(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([inert_cell(cell) for cell in row] for row in rows)
    return text.getvalue()
