"""Ids of evidence are looked through in one piece: there are as many as files, and few hold anything to hide."""

import msgspec
import pytest

from soc2test.reports.personal import Pseudonyms, people
from soc2test.reports.veil import Veil
from soc2test.run import EvidenceEntry

from .demo import demo_run
from .tokens import TOKENS

ADA = {"name": "Ada Byron", "email": "ada@acme.example", "accounts": ("github:ada-acme",)}
RUN = demo_run()
VEILS = (Veil(), Veil(Pseudonyms(b"key", people([ADA]))))
CLEAN = tuple(f"aws/{number:012}/eu-west-1/iam.list-users.json" for number in range(50))
TEXTS = [*(text for pair in TOKENS.values() for text in pair[:1]), "ada@acme.example"]


def entry(id: str) -> EvidenceEntry:
    return EvidenceEntry(id, id, "aws", "iam list-users", "", None, 1, complete=True)


@pytest.mark.parametrize("veil", VEILS)
@pytest.mark.parametrize("place", [25, *(pytest.param(place, marks=pytest.mark.long) for place in (0, 50))])
def test_one_among_many_is_hidden_as_it_is_alone(veil: Veil, place: int) -> None:
    for text in TEXTS:
        ids = [*CLEAN[:place], f"aws/{text}.json", *CLEAN[place:]]
        run = msgspec.structs.replace(RUN, evidence=tuple(map(entry, ids)))
        assert [one.id for one in veil.run(run).evidence] == [veil.text(id) for id in ids], text
        result = msgspec.structs.replace(RUN.controls[0], evidence=tuple(ids))
        assert list(veil.result(result).evidence) == [veil.text(id) for id in ids], text


@pytest.mark.parametrize("veil", VEILS)
def test_what_holds_nothing_stays_as_it_is(veil: Veil) -> None:
    entries = tuple(map(entry, CLEAN))
    assert veil.run(msgspec.structs.replace(RUN, evidence=entries)).evidence is entries
