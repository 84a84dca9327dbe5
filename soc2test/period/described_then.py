"""What the controls.yaml of each snapshot says: which controls of its own the company had then."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import msgspec

from soc2test.company_controls.checking import check_company_controls
from soc2test.company_controls.records import CompanyControl
from soc2test.errors import ProgrammeError
from soc2test.period.calendar import Period
from soc2test.period.observed import Snapshot
from soc2test.period.snapshots import Chosen
from soc2test.programme.entries import DESCRIBED, company_controls_in
from soc2test.store.chain import Link, Store
from soc2test.store.listing import PROGRAMME
from soc2test.store.objects import StoreError

__all__ = ["DescribedThen", "described_then", "wrong_lines"]


class DescribedThen(msgspec.Struct, frozen=True, kw_only=True):
    """One snapshot's word."""

    snapshot: Snapshot
    day: date
    controls: Mapping[str, CompanyControl]
    refused: Sequence[ProgrammeError] = ()
    """what of it can't be read"""
    whole: bool = True
    """False where a control that it does not show may stand in what can't be read"""

    @property
    def shown(self) -> str:
        """As every message names it."""
        return f"{self.snapshot.shown} of {self.day}"

    def says(self, id: str, test: str | None, day: date) -> bool | None:
        """Whether a control was in force on a day and, where one is asked for, a test looked at it; None: not told."""
        control = self.controls.get(id)
        if control is None:
            return False if self.whole else None
        return control.in_force(day) and (test is None or test in control.tests)


class _Read(msgspec.Struct, frozen=True, kw_only=True):
    """What one text says, whichever snapshots hold it."""

    controls: Mapping[str, CompanyControl] = {}
    refused: Sequence[ProgrammeError] = ()
    whole: bool = True


def described_then(store: Store, chosen: Chosen, period: Period) -> list[DescribedThen]:
    """What the snapshots of a period say, oldest first; a text that many share is read once. Raises `StoreError`.

    Where evidence was pruned the text stays as long as another snapshot holds it; where none does, nobody knows.
    """
    read: dict[str, _Read] = {}
    gone = {snapshot.number for snapshot, _ in chosen.gone}
    found = []
    for snapshot, link in sorted([*chosen.links, *chosen.gone], key=lambda pair: (pair[0].as_of, pair[0].number)):
        try:
            text = _text_of(store, link, read)
        except StoreError:
            if snapshot.number not in gone:
                raise
            text = _Read(whole=False)
        found.append(
            DescribedThen(
                snapshot=snapshot,
                day=period.day(snapshot.as_of),
                controls=text.controls,
                refused=text.refused,
                whole=text.whole,
            )
        )
    return found


def _text_of(store: Store, link: Link, read: dict[str, _Read]) -> _Read:
    file = next((file for file in store.files(link.record) if file.path == f"{PROGRAMME}/{DESCRIBED}"), None)
    if file is None:
        return _Read()
    digest = file.stored.sha256
    if digest not in read:
        read[digest] = _read(store.content(file.stored))
    return read[digest]


def _read(content: bytes) -> _Read:
    entries = company_controls_in(content)
    checked = check_company_controls(entries.good, (), all_loaded=False)
    return _Read(
        controls={control.id: control for control in checked.controls},
        refused=(*entries.refused, *checked.refused),
        whole=not entries.refused and len(checked.controls) == len(entries.good),
    )


def wrong_lines(told: Sequence[DescribedThen]) -> Iterator[str]:
    """What can't be read, with the first record that has it."""
    said: set[str] = set()
    for look in told:
        yield from (f"{look.snapshot.shown}: {wrong}" for wrong in look.refused if str(wrong) not in said)
        said.update(map(str, look.refused))
