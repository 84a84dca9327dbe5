"""What calls told is the same in whichever order their records are taken."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soc2test.controls.packs import load_pack, pack_folders
from soc2test.evidence.times import parse_time
from soc2test.inventory import load as loading
from soc2test.inventory.dating import Clock
from soc2test.inventory.opening import request_for
from soc2test.merging.known import Known
from soc2test.merging.ledger import Ledger
from soc2test.merging.told import Told
from soc2test.programme.programme import check_sources, load_programme
from soc2test.resources.unknown import Unknown
from soc2test.sources.loading import load_plugins
from soc2test.telling.call_reading import read_call
from soc2test.telling.call_record import CallRecord

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


def _records(root: Path) -> list[CallRecord]:
    """The records of a sample company, as its loading takes them."""
    taken: list[CallRecord] = []

    def reading(*args: Any) -> CallRecord:
        taken.append(read_call(*args))
        return taken[-1]

    programme, plugins = load_programme(root / "soc2.yaml"), load_plugins(root / "plugins")
    controls = [control for each in pack_folders(root) for file in load_pack(*each).files for control in file.controls]
    moment = parse_time("2026-11-20T12:00:00Z")
    assert moment is not None
    declared = check_sources(programme, plugins.sources, plugins.unloaded)
    request = request_for(programme, plugins, declared, controls, root / "exports", Clock(moment, moment))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "read_call", reading)
        loading.load_inventory(request)
    return taken


@pytest.fixture(scope="module", params=["acme", "globex"])
def records(request: pytest.FixtureRequest) -> Sequence[CallRecord]:
    return _records(FIXTURES / request.param)


def _values(told: Told) -> dict[str, list[tuple[Any, ...]]]:
    """Every word on every fact, by its evidence; of unknown ones the reasons."""
    words = {fact: [(str(when), id, _plain(value)) for when, id, value in said] for fact, said in told.values.items()}
    return {fact: sorted(said, key=repr) for fact, said in words.items()}


def _plain(value: Any) -> Any:
    return (value.code, value.reason) if isinstance(value, Unknown) else value


def _merged(records: Sequence[CallRecord]) -> tuple[Any, ...]:
    known = Known(Ledger())
    for record in records:
        known.take(record)
    known.spread()
    told = {key: (_values(each), each.at, each.tenant, each.listed, each.listed_at) for key, each in known.told.items()}
    ledger = known.ledger
    return told, known.shows, sorted(known.problems), ledger.left_out, ledger.named.keys(), set(ledger.unread)


def test_records_are_merged_in_any_order(records: Sequence[CallRecord]) -> None:
    whole = _merged(records)
    assert len(whole[0]) > 50

    @settings(max_examples=10, deadline=timedelta(seconds=20))
    @given(st.permutations(range(len(records))))
    def permuted(order: Sequence[int]) -> None:
        assert _merged([records[number] for number in order]) == whole

    permuted()
