"""What a run tells of subservice organisations: subservice.yaml, judged once everything was evaluated."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from soc2test.evidence.documents import Documents
from soc2test.exceptions.looser_limits import policies_named
from soc2test.exceptions.named_people import People
from soc2test.exceptions.records import ScopeOut
from soc2test.inventory.inventory import Inventory
from soc2test.populations.population import Population
from soc2test.programme.entries import SUBSERVICE
from soc2test.pytest_plugin.session import Session
from soc2test.resources.kinds import Commitment, Person, PolicyDocument, Vendor
from soc2test.run import CompanyControls
from soc2test.subservice.days import Span, year_up_to
from soc2test.subservice.known import KnownOfRun
from soc2test.subservice.rows import SubserviceJudged, judge_subservice
from soc2test.verdicts import ControlResult

__all__ = ["subservice_told"]


def subservice_told(
    session: Session,
    inventory: Inventory | None,
    results: Sequence[ControlResult],
    described: CompanyControls | None,
    moment: datetime,
    scope_outs: Iterable[ScopeOut],
) -> SubserviceJudged | None:
    """The rows of subservice.yaml as it is today, None where there is none.

    `inventory` is None where the exports could not be read. Of a run over a period it is that of its newest snapshot:
    vendors and people are looked up there. Reports are not: most of one period come when it is over.
    """
    setup = session.setup
    if SUBSERVICE not in setup.config.files:
        return None
    known = _known(session, inventory, results, described, moment)
    return judge_subservice(setup.subservice, known, scope_outs)


def _known(
    session: Session,
    inventory: Inventory | None,
    results: Sequence[ControlResult],
    described: CompanyControls | None,
    moment: datetime,
) -> KnownOfRun:
    setup, config = session.setup, session.setup.config
    ours, today = _days(session, moment.astimezone(config.zone).date())
    in_force = [control for control in setup.company.controls if control.in_force(today)]
    people: People | None = None
    vendors: Population[Vendor] | None = None
    commitments: Population[Commitment] | None = None
    policies: tuple[tuple[str, str], ...] = ()
    if inventory is not None:
        people = People(inventory.population(Person), moment.astimezone(config.zone))
        vendors = inventory.population(Vendor)
        policies = tuple(policies_named(inventory.population(PolicyDocument).members))
        if any(entry.commitments for entry in config.organisations):
            commitments = inventory.population(Commitment)
    return KnownOfRun(
        ours=ours,
        today=today,
        zone=config.zone,
        vendors=vendors,
        people=people,
        commitments=commitments,
        documents=Documents(config.root),
        policies=policies,
        controls=session.controls,
        results={result.id: result for result in results},
        described={row.id: row.status for row in described.controls} if described is not None else {},
        owners=[control.owner for control in in_force],
        categories=("security", *config.categories),
        declared=config.sources,
        exported={nature.source for nature in inventory.natures()} if inventory is not None else (),
        over_period=session.evaluating.over is not None,
    )


def _days(session: Session, day: date) -> tuple[Span, date]:
    """Of which days a report covers some, and the day up to which one may be there: the report date of a period."""
    over = session.evaluating.over
    if over is None:
        return year_up_to(day), day
    told = over.told
    period = Span(date.fromisoformat(told.first), date.fromisoformat(told.last))
    return period, max(day, date.fromisoformat(told.report_date))
