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
from soc2test.reports.ranges import numbers_text, records_text
from soc2test.reports.terminal import summary
from soc2test.reports.veil import Veil
from soc2test.run import PrunedTold, Recorded, Run
from soc2test.verdicts import ControlPeriod, OutDays, Stretch, TakenBack, TakenOut, Verdict

from .demo import demo_run
from .hostile import over_a_period
from .tokens import TOKENS

SENTENCE = "no deviations noted on the 98 of 104 days observed on which it applied; between snapshots not tested"
EDITED = (
    "Q1 2026: shown by record 87; record 149 does not show it any more: edited after the fact, performed all the same"
)
LIMITS = (
    "limits changed, first seen 2026-02-05: hours from 4 to 48; each event is judged by those of its day, "
    "one of a day of change by the stricter"
)
LATE = "first seen late: not in record 117, in record 147"
BRIDGED = "bridged, and not observed themselves: 3 of 181 days (2026-02-03 to 2026-02-05)"
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
    for told in (SENTENCE, EDITED, LIMITS, LATE, BRIDGED):
        assert told in text, told


@pytest.mark.parametrize("report", PEOPLE)
def test_each_report_tells_who_took_a_deviation_back_and_why(report: str) -> None:
    back = TakenBack(
        revision="RV-1",
        resource="admins",
        kind="Group",
        message="has no member",
        records=(121, 122, 128),
        reason="The test of then took a group without members for administrators.",
        owner="ann@x.example",
        approver="bea@x.example",
        since="2026-07-01",
        review_by="2027-06-30",
    )
    whole = msgspec.structs.replace(back, resource="", kind="", records=(128,))
    text = plain(PEOPLE[report](run_of(msgspec.structs.replace(PERIOD, taken_back=(back, whole)))))
    taken = "2 deviations that runs of then noted, taken back by the revision RV-1: admins (records 121 to 122, 128), the"
    assert f"{taken} control as a whole (record 128)" in text
    assert back.reason in text
    assert re.search(r"owner ann@\W?x.example, approved by bea@\W?x.example, since 2026-07-01", text)


@pytest.mark.parametrize("report", PEOPLE)
@pytest.mark.parametrize("verdict", [Verdict.FAIL, Verdict.PASS])
def test_no_report_cuts_what_may_be_said(report: str, verdict: Verdict) -> None:
    """As long as one of a control that was out on two stretches of days."""
    sentence = f"not evidenced for {'9 days (2026-05-21 to 2026-05-29), ' * 8}; 1 exempt, of which 1 deviate"
    text = plain(PEOPLE[report](run_of(msgspec.structs.replace(PERIOD, sentence=sentence), verdict=verdict)))
    assert sentence in text
    assert "characters, sha256" not in text


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


HEAD = f"read up to the head 124:{'0' * 64} of evidence-store"


@pytest.mark.parametrize("report", PEOPLE)
def test_each_report_names_the_head_of_the_store(report: str) -> None:
    run = run_of(PERIOD)
    assert run.period is not None
    head = Recorded(store="evidence-store", number=124, digest="0" * 64)
    run = msgspec.structs.replace(run, period=msgspec.structs.replace(run.period, head=head))
    assert HEAD in plain(PEOPLE[report](run))


@pytest.mark.parametrize("report", PEOPLE)
def test_each_report_says_how_many_snapshots_lie_in_the_period_and_how_many_beside_it(report: str) -> None:
    run = run_of(PERIOD)
    assert run.period is not None
    one = run.period.snapshots[0]
    lies = [*["before"] * 1, *["within"] * 26, *["after"] * 88]
    snapshots = tuple(msgspec.structs.replace(one, number=n, late=False, lies=each) for n, each in enumerate(lies, 1))
    run = msgspec.structs.replace(run, period=msgspec.structs.replace(run.period, snapshots=snapshots))
    assert "over 26 snapshots of its days, 1 before, 88 after, reported as of" in plain(PEOPLE[report](run))


@pytest.mark.parametrize("report", PEOPLE)
def test_what_was_pruned_stands_with_all_numbers_reason_and_name(report: str) -> None:
    run = run_of(PERIOD)
    assert run.period is not None
    prunings = (PrunedTold(record=60, numbers=(*range(2, 48), 50), reason="room was needed", by="Ada Byron"),)
    told = msgspec.structs.replace(run.period, prunings=prunings, missing=())
    text = plain(PEOPLE[report](msgspec.structs.replace(run, period=told)))
    assert (
        "evidence of 47 snapshots was pruned, so that nothing of it is evaluated: records 2 to 47, 50, by Ada Byron: "
        "room was needed (record 60)" in text
    )


def test_numbers_are_ranges_and_none_is_left_out_without_a_word() -> None:
    assert numbers_text([5, 46, 36, 57, 37]) == "5, 36 to 37, 46, 57"
    assert numbers_text(range(1, 60, 2)) == "1, 3, 5, 7, 9, 11, 13, 15, 17, 19 and 20 more"
    assert records_text([7]) == "record 7"
    assert records_text([7, 8, 9]) == "records 7 to 9"


def test_who_took_what_back_or_pruned_it_and_why_passes_the_veil() -> None:
    secret = TOKENS["private key, one line"][0]
    back = TakenBack(
        revision=f"r {secret}",
        resource=secret,
        kind="Group",
        message=f"m {secret} ada@acme.example",
        records=(121, 122, 128),
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
    run = run_of(PERIOD)
    assert run.period is not None
    told = msgspec.structs.replace(
        run.period,
        prunings=(PrunedTold(record=9, numbers=(3,), reason=f"r {secret}", by="ada@acme.example"),),
        head=Recorded(store=f"s3://{secret}", number=9, digest="0" * 64),
    )
    over = veil.run(msgspec.structs.replace(run, period=told)).period
    assert secret not in str(over)
    assert "ada@acme.example" not in str(over)
