"""A period in the reports for people: of each test, one that passes too, what may be said of it and what else is told."""

import html
import re
from collections.abc import Callable

import msgspec
import pytest

from soc2test.reports.junit import Junit
from soc2test.reports.matrix_html import MatrixHtml
from soc2test.reports.matrix_markdown import MatrixMarkdown
from soc2test.reports.personal import Pseudonyms, people
from soc2test.reports.terminal import summary
from soc2test.reports.veil import Veil
from soc2test.run import Run
from soc2test.verdicts import ControlPeriod, OutDays, Stretch, TakenBack, TakenOut, Verdict

from .demo import demo_run
from .hostile import over_a_period
from .tokens import TOKENS

SENTENCE = "no deviations noted on the 98 of 104 days observed on which it applied; between snapshots not tested"
EDITED = (
    "Q1 2026: shown by record 87; record 149 does not show it any more: edited after the fact, performed all the same"
)
LIMITS = "limits changed, first seen 2026-02-05: hours from 4 to 48; each event is judged by those of its day"
LATE = "first seen late: not in record 117, in record 147"
OUT = OutDays(
    first="2026-04-15",
    last="2026-06-30",
    days=77,
    by=TakenOut(
        "no_population", "", "none is left", "ann@x.example", "bea@x.example", "2026-04-14", "2027", Verdict.PASS
    ),
)
PERIOD = ControlPeriod(
    verdict="no_deviations",
    sentence=SENTENCE,
    first="2026-01-01",
    last="2026-06-30",
    days=181,
    observed=98,
    bridged=(Stretch(first="2026-02-03", last="2026-02-05", days=3),),
    not_applicable=(OUT,),
    notes=(EDITED, LIMITS, LATE),
)
PEOPLE: dict[str, Callable[[Run], str]] = {
    "matrix.md": lambda run: MatrixMarkdown().render(run).decode(),
    "junit.xml": lambda run: Junit().render(run).decode(),
    "matrix.html": lambda run: html.unescape(re.sub("<[^>]*>", " ", MatrixHtml().render(run).decode())),
    "terminal": summary,
}


def plain(text: str) -> str:
    """A report's words in one line, without what a format adds."""
    return re.sub(r"\s+", " ", text.replace("\\", ""))


def run_of(*periods: ControlPeriod, verdict: Verdict = Verdict.PASS) -> Run:
    """A run over a period of tests with a verdict: OWN-1 and so on."""
    demo = demo_run()
    one = next(each for each in demo.controls if each.verdict is Verdict.PASS)
    controls = tuple(
        msgspec.structs.replace(one, id=f"OWN-{number}", verdict=verdict, period=period)
        for number, period in enumerate(periods, 1)
    )
    return msgspec.structs.replace(demo, controls=controls, period=over_a_period("x").period)


@pytest.mark.parametrize("report", PEOPLE)
@pytest.mark.parametrize("verdict", [Verdict.PASS, Verdict.NOT_EVALUATED])
def test_each_report_tells_of_a_tick_what_may_be_said_over_the_period(report: str, verdict: Verdict) -> None:
    text = plain(PEOPLE[report](run_of(PERIOD, verdict=verdict)))
    for told in (SENTENCE, EDITED, LIMITS, LATE, "3 of 181 days (2026-02-03 to 2026-02-05)"):
        assert told in text, told


@pytest.mark.parametrize("report", PEOPLE)
def test_each_report_tells_who_took_a_deviation_back_and_why(report: str) -> None:
    back = TakenBack(
        revision="RV-1",
        resource="admins",
        kind="Group",
        message="has no member",
        record=121,
        reason="The test of then took a group without members for administrators.",
        owner="ann@x.example",
        approver="bea@x.example",
        since="2026-07-01",
        review_by="2027-06-30",
    )
    whole = msgspec.structs.replace(back, resource="", kind="", record=128)
    text = plain(PEOPLE[report](run_of(msgspec.structs.replace(PERIOD, taken_back=(back, whole)))))
    taken = "2 deviations that runs of then noted, taken back by the revision RV-1: admins (record 121), the control as"
    assert f"{taken} a whole (record 128)" in text
    assert back.reason in text
    assert re.search(r"owner ann@\W?x.example, approved by bea@\W?x.example, since 2026-07-01", text)


def test_a_page_without_a_period_says_nothing_of_one() -> None:
    run = msgspec.structs.replace(run_of(PERIOD), period=None)
    controls = tuple(msgspec.structs.replace(each, period=None) for each in run.controls)
    run = msgspec.structs.replace(run, controls=controls)
    for render in PEOPLE.values():
        assert "ver the period" not in render(run)


def test_a_note_that_many_tests_share_stands_once_with_all_of_them() -> None:
    text = MatrixMarkdown().render(run_of(*[PERIOD] * 40)).decode()
    assert text.count("edited after the fact") == 1
    assert f"| {', '.join(sorted(f'OWN-{number}' for number in range(1, 41)))} | Q1 2026" in text


def test_a_page_that_is_full_keeps_what_is_told_of_ticks_and_says_what_it_left_out() -> None:
    def noted(number: int) -> ControlPeriod:
        return msgspec.structs.replace(PERIOD, notes=(f"note {number}: " + "y" * 300,))

    many = run_of(*map(noted, range(600)), verdict=Verdict.NOT_EVALUATED)
    tick = msgspec.structs.replace(run_of(PERIOD).controls[0], id="ZZZ-1")
    page = MatrixMarkdown().render(msgspec.structs.replace(many, controls=(*many.controls, tick)))
    assert len(page) < 200_000
    text = page.decode()
    assert "| ZZZ-1 | Q1 2026" in text
    assert re.search(
        r"further entries of notes on tests over the period left out for length, see controls.ndjson", text
    )
    shown = summary(msgspec.structs.replace(many, controls=(*many.controls, tick)))
    assert "edited after the fact" in plain(shown)
    assert "more, see controls.ndjson" in shown


def test_who_took_a_deviation_back_and_why_passes_the_veil() -> None:
    secret = TOKENS["private key, one line"][0]
    back = TakenBack(
        revision=f"r {secret}",
        resource=secret,
        kind="Group",
        message=f"m {secret} ada@acme.example",
        record=121,
        reason=f"w {secret} ada@acme.example",
        owner="ada@acme.example",
        approver=secret,
        since="2026-07-01",
        review_by="2027-06-30",
    )
    result = run_of(msgspec.structs.replace(PERIOD, taken_back=(back,))).controls[0]
    veil = Veil(Pseudonyms(b"key", people([{"name": "Ada Byron", "email": "ada@acme.example", "accounts": ()}])))
    shown = veil.result(result).period
    assert shown is not None
    assert secret not in str(shown.taken_back)
    assert "ada@acme.example" not in str(shown.taken_back)
