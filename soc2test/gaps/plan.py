"""The plan: of a run and what its exports lack, every criterion that is not without deviation, why, and the steps."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from soc2test.controls.control import Control
from soc2test.coverage.scoping import scoped_out
from soc2test.criteria import CRITERIA
from soc2test.gaps.matching import Matching
from soc2test.gaps.needs import Need, needs_of
from soc2test.gaps.own_word import Tellers, ways_beside
from soc2test.gaps.periods import period_of
from soc2test.gaps.records import Cause, CriterionGaps, Plan, Refused, Wanted, Way, Why
from soc2test.gaps.shapes import of_criterion, of_test, of_wanted
from soc2test.gaps.steps import Gathered
from soc2test.gaps.wanted import NOT_THERE
from soc2test.gaps.weeks import week_of
from soc2test.reports.view import by_severity, in_scope, utc
from soc2test.run import CriterionRow, Run
from soc2test.verdicts import ControlResult, Verdict

__all__ = ["plan_of"]

_CLEAR = ("no_deviations",)
_BY_MANAGEMENT = {
    "not_relevant": "management holds it not relevant",
    "carved_out": "a subservice organisation performs its controls",
    "no_occurrences": "its tests looked at populations that are complete and empty",
}
"""statuses that no step is against"""


def plan_of(
    run: Run,
    wanted: Iterable[Wanted],
    controls: Mapping[str, Control],
    *,
    tellers: Tellers,
    today: date,
    refused: Sequence[Refused] = (),
    declared: Collection[str] = (),
    store: bool = False,
    proofs_read: bool = True,
) -> Plan:
    """The readiness assessment. `tellers` tells which sources list a kind, `store` whether there is an evidence store.

    `today` is the day of the run in the company's time zone; `refused` are entries of the programme's files without
    force; `declared` are the sources of soc2.yaml; `proofs_read` is false where proofs could not be read.
    """
    planning = _Planning(run, Matching(wanted), controls, tellers, refused, proofs_read=proofs_read)
    criteria = planning.criteria()
    evidence_tests = planning.evidence_tests()
    steps = planning.gathered.steps(planning.results, planning.tests_of)
    place = {step.id: number for number, step in enumerate(steps)}
    rows = [_in_order(row, place) for row in criteria]
    statuses = [row.status for row in planning.rows]
    return Plan(
        system=run.programme.system,
        as_of=utc(run.as_of.time),
        categories=tuple(in_scope(run)),
        in_scope=len(statuses),
        statuses={status: statuses.count(status) for status in dict.fromkeys(sorted(statuses))},
        steps=tuple(steps),
        criteria=tuple(rows),
        evidence_tests=tuple(evidence_tests),
        week=week_of(steps, [each for each in planning.results.values() if not each.reliance], declared),
        period=period_of(steps, list(planning.results.values()), today, store=store),
        problems=run.problems,
    )


def _in_order(row: CriterionGaps, place: Mapping[str, int]) -> CriterionGaps:
    steps = {id for why in row.why for id in why.steps}
    return CriterionGaps(
        id=row.id,
        category=row.category,
        subject=row.subject,
        status=row.status,
        why=row.why,
        steps=tuple(sorted(steps, key=place.__getitem__)),
    )


class _Planning:
    """Goes through the criteria in scope and gathers the steps."""

    def __init__(
        self,
        run: Run,
        matching: Matching,
        controls: Mapping[str, Control],
        tellers: Tellers,
        refused: Sequence[Refused],
        *,
        proofs_read: bool,
    ) -> None:
        self.rows = [row for row in run.criteria if row.status != "out_of_scope"]
        self.gathered = Gathered()
        self._matching, self._controls, self._tellers, self._proofs_read = matching, controls, tellers, proofs_read
        self._refused = refused
        scope = in_scope(run)
        self.results = {
            result.id: result
            for result in run.controls
            if result.id not in controls or scoped_out(controls[result.id], scope) is None
        }
        self.tests_of = {row.id: tuple(id for id in row.controls if id in self.results) for row in self.rows}
        self._whys: dict[str, list[Why]] = {}

    def criteria(self) -> list[CriterionGaps]:
        """Those that are not without deviation, or whose tests were not proven, in the order of every report."""
        found = []
        for row in self.rows:
            why = [*self._of_row(row), *self._of_tests(row)]
            if row.status in _CLEAR and not why:
                continue
            found.append(
                CriterionGaps(
                    id=row.id,
                    category=row.category,
                    subject=CRITERIA[row.id].subject,
                    status=row.status,
                    why=tuple(why),
                    steps=(),
                )
            )
        return found

    def evidence_tests(self) -> list[Why]:
        """Why the tests of the evidence itself, and those that only support criteria, are not without deviation."""
        others = [result for result in self.results.values() if not result.criteria]
        return [why for result in by_severity(others) for why in self._of_test(result)]

    def _of_tests(self, row: CriterionRow) -> list[Why]:
        results = by_severity(self.results[id] for id in self.tests_of[row.id])
        return [why for result in results for why in self._of_test(result)]

    def _of_test(self, result: ControlResult) -> list[Why]:
        if result.id not in self._whys:
            refused = [entry for entry in self._refused if entry.test == result.id]
            needs = needs_of(
                result,
                self._matching,
                seconds=self._of_seconds(result.id),
                refused=refused,
                decided=self._proofs_read,
            )
            self._whys[result.id] = [self._why(need, result) for need in needs]
        return self._whys[result.id]

    def _of_seconds(self, test: str) -> list[Wanted]:
        """What the second sources of a test lack, of sources that are there at all."""
        control = self._controls.get(test)
        asked = (*control.seconds, *control.completing) if control is not None else ()
        lacking = [each for each in self._matching.wanted if each.source is not None and each.code in NOT_THERE]
        lists = [each for each in lacking if each.operation is not None and not each.single]
        return [each for each in lists if set(each.kinds) & set(asked)]

    def _why(self, need: Need, result: ControlResult) -> Why:
        steps: tuple[str, ...] = ()
        if need.wanted is not None:
            steps = (self.gathered.add(of_wanted(need.wanted), test=result.id),)
        elif need.kind:
            steps = (self.gathered.add(of_test(need, result), test=result.id),)
        return Why(cause=need.cause, text=need.text, control=result.id, severity=result.severity, steps=steps)

    def _of_row(self, row: CriterionRow) -> list[Why]:
        """What is so of the criterion itself, whatever its single tests say."""
        if row.status in _BY_MANAGEMENT:
            cause: Cause = "nothing_to_test" if row.status == "no_occurrences" else "left_out"
            text = _BY_MANAGEMENT[row.status] + (f": {row.reason}" if row.reason else "")
            return [Why(cause=cause, text=text)]
        if row.status == "no_control" and row.controls:
            return [self._review(row, "all its tests are taken out: nothing was tested")]
        if row.status == "no_control":
            return self._not_stated(row) or [self._write(row)]
        if row.status == "statement_only" and not row.controls:
            return [self._stated(row)]
        if row.status == "statement_only":
            return [self._own_word(row)]
        if row.status == "no_deviations_partial":
            return [self._review(row, row.reason or "a test was taken out, or asks less than it would by itself")]
        return []

    def _not_stated(self, row: CriterionRow) -> list[Why]:
        """A statement about it can't be looked up as long as something is wanted."""
        texts = [entry.text for entry in self._refused if row.id in entry.criteria]
        found = [(text, wanted) for text in texts for wanted in self._matching.of(text)]
        return [
            Why(cause="missing", text=text, steps=(self.gathered.add(of_wanted(wanted), criterion=row.id),))
            for text, wanted in found
        ]

    def _write(self, row: CriterionRow) -> Why:
        text = "no loaded test tests it, and no statement is about it"
        state = "state it in statements.yaml, with the document that says so"
        ways = (
            Way(text=state, command="soc2test schema statements"),
            Way(text="write a test of it into policies/"),
        )
        effort = "a statement with its document, or a test to write"
        shape = of_criterion("write", row.id, f"Let something speak for {row.id}", effort, [text], ways)
        return Why(cause="statement_needed", text=text, steps=(self.gathered.add(shape, criterion=row.id),))

    def _stated(self, row: CriterionRow) -> Why:
        text = "a statement alone speaks for it: no loaded test tests it"
        title = f"Let a test show {row.id}, beside the statement"
        shape = of_criterion("show", row.id, title, "a test to write into policies/", [text], ())
        return Why(cause="own_word", text=text, steps=(self.gathered.add(shape, criterion=row.id),))

    def _review(self, row: CriterionRow, text: str) -> Why:
        title = f"Look through what is left out or loosened in the tests of {row.id}"
        shape = of_criterion("review", row.id, title, "entries to look through: they may stay", [text], ())
        return Why(cause="partial", text=text, steps=(self.gathered.add(shape, criterion=row.id),))

    def _own_word(self, row: CriterionRow) -> Why:
        """One of its tests is enough to make it more than the company's word."""
        results = [self.results[id] for id in self.tests_of[row.id]]
        examined = [result for result in results if result.verdict is Verdict.PASS and result.kept_by_hand]
        text = "its tests look at rows kept by hand: no system tells them, and no documents show all of it"
        known = [self._controls[result.id] for result in examined if result.id in self._controls]
        ways = ways_beside(known, self._tellers)
        effort = "what would show it is named where soc2test knows it" if ways else "what would show it is not known"
        shape = of_criterion("show", row.id, f"Let something else than rows show {row.id}", effort, [text], ways)
        for result in examined:
            self.gathered.add(shape, test=result.id)
        return Why(cause="own_word", text=text, steps=(self.gathered.add(shape, criterion=row.id),))
