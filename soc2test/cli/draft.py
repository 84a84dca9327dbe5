"""`soc2test controls --draft`: a first draft of controls.yaml, made of the loaded tests, for the company to reword."""

import json
from collections.abc import Iterable, Iterator, Mapping

import click

from soc2test.cli.here import Known
from soc2test.controls.control import Control
from soc2test.criteria import CRITERIA, criterion_order
from soc2test.programme.entries import DESCRIBED
from soc2test.programme.programme import Config
from soc2test.reports.secret_values import redact

__all__ = ["write_draft"]

_FILE = "controls.draft.yaml"
_HEAD = """\
# A draft of controls.yaml, made of the tests that are loaded: one control for each topic that they test.
# What a company does is not what a test looks at. For each control: write in your own words what is done, by whom and
# how often; name owner and performer by their e-mail address in the register of people; say since when it is in force
# and whether it is preventive or detective, automated or manual. Put in controls that no test looks at (`tests: []`):
# an auditor asks for all of them. Then save the file as controls.yaml. `soc2test schema controls` describes it.
controls:
"""


def write_draft(config: Config, known: Mapping[str, Known]) -> str:
    """Write the draft beside soc2.yaml; gives what was done, in words. Raises `click.ClickException`.

    Nothing is overwritten, and no draft is taken for the company's word: people and dates in it are placeholders, which
    are refused until somebody fills them in.
    """
    for name in (DESCRIBED, _FILE):
        if (config.root / name).exists() or (config.root / name).is_symlink():
            raise click.ClickException(f"{name} is there already and is left as it is; move it away for a new draft")
    topics = _topics(known, {"security", *config.categories})
    text = _HEAD + "".join(_entry(number, tests) for number, tests in enumerate(topics.values(), 1))
    try:
        with (config.root / _FILE).open("x", encoding="utf-8", newline="\n") as file:
            file.write(redact(text))
    except OSError as error:
        raise click.ClickException(f"{_FILE}: can't be written: {error.strerror}") from None
    count = sum(map(len, topics.values()))
    return f"written  {_FILE}: {len(topics)} controls from {count} tests; reword each, then save it as {DESCRIBED}"


def _topics(known: Mapping[str, Known], categories: set[str]) -> dict[tuple[int, str], list[Control]]:
    """The tests in scope by the policy file that holds them, in the order of the criteria that they test."""
    by_file: dict[str, list[Control]] = {}
    for each in known.values():
        if any(CRITERIA[id].category in categories for id in _criteria([each.control])):
            by_file.setdefault(each.place.rpartition(":")[0], []).append(each.control)
    topics = {(criterion_order(_criteria(tests)[0]), file): tests for file, tests in by_file.items()}
    return dict(sorted(topics.items()))


def _criteria(tests: Iterable[Control]) -> list[str]:
    """Those that the tests test; of tests of the evidence alone, those that they support."""
    tests = list(tests)
    direct = {id for test in tests for id in test.criteria} or {id for test in tests for id in test.supports}
    return sorted(direct, key=criterion_order)


def _entry(number: int, tests: list[Control]) -> str:
    return "\n".join(_lines(number, tests)) + "\n"


def _lines(number: int, tests: list[Control]) -> Iterator[str]:
    often = {test.operates for test in tests}
    yield f"  - id: CTL-{number:02d}"
    yield "    wording: >-"
    for test in tests:
        yield f"      {test.title}"
    yield "    owner: TODO"
    yield "    performer: TODO # leave it out where a system does it"
    yield f"    frequency: {often.pop() if len(often) == 1 else 'TODO # ' + ', '.join(sorted(often))}"
    yield "    type: TODO # preventive or detective"
    yield "    execution: TODO # automated or manual"
    yield "    since: TODO # YYYY-MM-DD"
    yield f"    criteria: [{', '.join(_criteria(tests))}]"
    yield f"    tests: {json.dumps([test.id for test in tests], ensure_ascii=False)}"
