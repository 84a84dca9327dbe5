"""Names that attack a report, and a run that holds such a name wherever an export or a register can put one."""

from typing import Literal

import msgspec

from soc2test.run import (
    ChangedVerdict,
    CompanyControls,
    DataMap,
    Destination,
    Exposure,
    FrameworkRows,
    HeldBack,
    PeriodTold,
    PrunedTold,
    Reader,
    Recorded,
    Run,
    Since,
    SnapshotEntry,
    StoreEntry,
)
from soc2test.verdicts import (
    Accepted,
    ControlPeriod,
    ControlResult,
    Due,
    ExemptDays,
    Limit,
    LooserDays,
    Noted,
    PrunedNoted,
    Reason,
    Stretch,
    TakenBack,
    Waiver,
)

from .demo import demo_run
from .demo_subservice import poisoned_subservice

__all__ = ["NAMES", "over_a_period", "poisoned"]

NAMES = {
    "xml element": '</testcase></testsuite><testcase name="fake" classname="CC6.CC6_1"/><!--',
    "cdata": "]]>]]&gt;<![CDATA[",
    "comment end": "--><script>alert(1)</script><!--",
    "script": "<script>alert(document.domain)</script>",
    "style end": "</style></title><img src=x onerror=alert(1)>",
    "attribute": '" onmouseover="alert(1)" x="',
    "attribute, single": "' onfocus='alert(1)' autofocus='",
    "table row": "a|b\n|---|---|\n| CC6.1 | **no deviations** |",
    "escaped pipe": "a\\|b\\\\|c\\",
    "link": "[click](javascript:alert(1)) ![x](http://x.invalid/leak) <http://x.invalid>",
    "raw html": "<details open><summary>all well</summary>",
    "ticks": "`a` ``b` ```c |`` `` `x|y` `",
    "mention": "@everyone #1 www.x.invalid",
    "workflow command": "::error file=a.py::spoof",
    "workflow lines": "x\n::set-output name=a::b\r\n::stop-commands::t",
    "pipeline command": "##vso[task.setvariable variable=x]y ##[error]z",
    "service message": "##teamcity[testFinished name='x']",
    "percent": "100% %0A::error::x %25, a:b",
    "erase line": "\x1b[2K\x1b[1A\x1b[32mno deviations\x1b[0m",
    "clipboard": "\x1b]52;c;ZXZpbA==\x07",
    "hidden link": "\x1b]8;;http://x.invalid\x07ok\x1b]8;;\x07",
    "c1": "\x9b31mred\x9c",
    "bidi": "user\u202egnp.exe\u2066 \u2069",
    "no xml": "a\x00b\x01c\x0be\x0cf\x1fg\x7fh\ufffei\uffffj\ud800k\U0001fffe",
    "line separators": "a\u2028b\u2029c\x85d",
    "formats": "{0.__class__} %(name)s %s ${HOME} {{7*7}} {% raw %} \\g<0> \\1",
    "very long": "x" * 300_000,
    "very long lines": "::error::\n" * 30_000,
    "marks": "a" + "\u0301" * 5000,
    "nothing": "",
    "blanks": "   ",
}


_SOME = (
    "BAK-01",
    "CAP-01",
    "DEV-01",
    "EVD-01",
    "GOV-02",
    "IAM-01",
    "IAM-02",
    "IAM-04",
    "IAM-07",
    "INC-04",
    "LOG-02",
    "PHY-01",
    "RSK-01",
    "VUL-01",
)
_FINDINGS = 25

Force = Literal["in_force", "expired"]
_FORCES: tuple[Force, ...] = ("in_force", "expired")


def poisoned(name: str) -> Run:
    """The demo with `name` in every text that comes from outside; its shape does not depend on the name."""
    run = demo_run()
    ids = {entry.id: f"{place:02}{name}" for place, entry in enumerate(run.evidence)}  # an id is the file's path
    return msgspec.structs.replace(
        run,
        complete=False,
        incomplete_because=f"stopped: {name}",
        as_of=msgspec.structs.replace(run.as_of, source=name),
        tool=msgspec.structs.replace(
            run.tool,
            plugins=tuple(msgspec.structs.replace(pack, name=name) for pack in run.tool.plugins),
            packs=tuple(msgspec.structs.replace(pack, name=f"p{name}", version=name) for pack in run.tool.packs),
        ),
        programme=msgspec.structs.replace(run.programme, system=f"s{name}"),
        controls=tuple(_control(control, name, ids) for control in run.controls if control.id in _SOME),
        evidence=tuple(
            msgspec.structs.replace(entry, id=ids[entry.id], path=ids[entry.id], operation=name, source=name)
            for entry in run.evidence
        ),
        unclaimed=tuple(msgspec.structs.replace(each, path=name, reason=name) for each in run.unclaimed),
        problems=(name, f"p{name}"),
        criteria=tuple(
            msgspec.structs.replace(
                row,
                reason=row.reason and f"r{name}",
                statements=tuple(f"s{name}" for _ in row.statements),
                organisations=tuple(f"0{name}" for _ in row.organisations),
            )
            for row in run.criteria
        ),
        statements=tuple(
            msgspec.structs.replace(each, id=name, text=name, owner=name, date=name, expires=name, file=name)
            for each in run.statements
        ),
        documents=tuple(msgspec.structs.replace(each, file=name) for each in run.documents),
        company_controls=_company(run, name),
        subservice=poisoned_subservice(name),
        held_back=HeldBack(file=name, deviations=1, controls=(name,), known=1, gone=(name,)),
        recorded=Recorded(store=name, number=124, digest="0" * 64),
        since=_since(run, name),
        frameworks=tuple(_framework(each, place, name) for place, each in enumerate(run.frameworks)),
        data=_data(name),
    )


def _since(run: Run, name: str) -> Since:
    """A run before with other verdicts: its moment stands in a record, which anybody may have written."""
    control = next(each for each in run.controls if each.id == "IAM-01")
    changed = ChangedVerdict(control=control.id, before="pass", after="fail", worse=True)
    return Since(
        record=123,
        as_of=name,
        complete=False,
        verdicts=(changed,),
        new=tuple(finding.id for finding in control.findings),
        still=1,
        closed=1,
        not_told=1,
        other_limit=1,
    )


def over_a_period(name: str) -> Run:
    """The same over a period."""
    run = poisoned(name)
    told = PeriodTold(
        first="2026-01-01",
        last="2026-06-30",
        time_zone=name,
        report_date="2026-07-15",
        max_gap_days=7,
        snapshots=(
            SnapshotEntry(
                number=1,
                digest="0" * 64,
                as_of="2026-01-01T03:00:00Z",
                recorded_at="2026-01-02T03:00:00Z",
                late=True,
            ),
        ),
        missing=(name, f"m{name}"),
        pruned=(3,),
        prunings=(PrunedTold(record=9, numbers=(3,), reason=name, by=name),),
        head=Recorded(store=name, number=124, digest="0" * 64),
    )
    controls = tuple(msgspec.structs.replace(control, period=_period(name)) for control in run.controls)
    return msgspec.structs.replace(run, period=told, controls=controls)


def _period(name: str) -> ControlPeriod:
    stretch = Stretch(first="2026-02-01", last="2026-02-09", days=9)
    span = Noted(
        resource=name,
        kind=name,
        message=name,
        after="2026-03-02T03:00:00Z",
        by="2026-03-03T03:00:00Z",
        until="2026-03-07T03:00:00Z",
        ended="holds",
        recurred=True,
        record=7,
        accepted=(Accepted(waiver=name, first="2026-03-04", last="2026-03-05", compensating=name),),
    )
    return ControlPeriod(
        verdict="deviations",
        sentence=f"s{name}",
        as_a_whole=f"w{name}",
        known_missing=(name,),
        first="2026-01-01",
        last="2026-06-30",
        days=181,
        observed=170,
        not_evidenced=(stretch,),
        bridged=(stretch,),
        by_register=(stretch,),
        looser=(
            LooserDays(
                name="n",
                limit=Limit(value=name, default=False, looser=True, clause=name, approved_by=name),
                first="2026-03-04",
                last="2026-03-05",
                judged=(name,),
            ),
        ),
        exempt=(
            ExemptDays(
                resource=name, kind=name, exemption=name, first="2026-03-04", last="2026-03-05", found="deviation"
            ),
        ),
        noted=(span, msgspec.structs.replace(span, until=None, ended="open", after=None, recurred=False)),
        pruned=(PrunedNoted(record=3, day="2026-03-01"),),
        taken_back=(
            TakenBack(
                revision=name,
                resource=name,
                kind=name,
                message=name,
                records=(7,),
                reason=name,
                owner=name,
                approver=name,
                since=name,
                review_by=name,
            ),
        ),
        due=(Due(unit="Q1 2026", status="not_performed", text=name),),
        carried_in=1,
        after=2,
        notes=(name, f"n{name}"),
        lacking=(f"l{name}",),
    )


def _data(name: str) -> DataMap:
    store = StoreEntry(
        id=name,
        kind=name,
        source=name,
        label=name,
        owner=name,
        sensitive="yes",
        found=(name,),
        searched_at=None,
        exposed=(Exposure(fact="public", text=name, criteria=("CC6.1",)),),
        untold=(name,),
        goes_to=tuple(_place(held, name) for held in ("vendor", "weaker", "unknown", "alike")),
        read_by=(Reader(job=f"j{name}", owners=(name, name)),),
    )
    return DataMap(stores=(store,), lacks=(name,), flows_lack=(f"g{name}",), astray=1)


def _place(held: str, name: str) -> Destination:
    return Destination(place=f"p{name}", held=held, label=name, vendor=name, told_by=(name,))


def _framework(framework: FrameworkRows, place: int, name: str) -> FrameworkRows:
    return msgspec.structs.replace(
        framework,
        name=f"{place}{name}",
        title=name,
        origins=tuple(msgspec.structs.replace(each, name=name) for each in framework.origins),
        requirements=tuple(
            msgspec.structs.replace(
                row,
                id=f"{number:02}{name}",
                tests=tuple(f"t{test}{name}" for test in row.tests),
                related=(name,),
                touches=tuple(msgspec.structs.replace(touch, reason=name, origin=name) for touch in row.touches),
            )
            for number, row in enumerate(framework.requirements[:3])
        ),
    )


def _company(run: Run, name: str) -> CompanyControls | None:
    described = run.company_controls
    assert described is not None
    rows = tuple(
        msgspec.structs.replace(
            row,
            id=f"{place}{name}",
            wording=name,
            owner=name,
            performer=row.performer and name,
            system=name,
            since=name,
            risks=(name,),
            tests=tuple(msgspec.structs.replace(test, id=name) for test in row.tests),
            notes=(name, f"n{name}"),
        )
        for place, row in enumerate(described.controls)
    )
    return msgspec.structs.replace(described, controls=rows, tests_without=(name, f"t{name}"))


def _control(control: ControlResult, name: str, ids: dict[str, str]) -> ControlResult:
    return msgspec.structs.replace(
        control,
        title=f"t{name}",
        reason=Reason(f"r{name}", f"r{name}") if control.reason else None,
        limits=_limits(name) if control.limits else {},
        supports=dict.fromkeys(control.supports, name),
        evidence=tuple(ids.get(id, id) for id in control.evidence),
        findings=tuple(
            msgspec.structs.replace(
                finding,
                resource=f"{place:04}{name}",
                kind=name,
                source=name,
                message=name,
                fact=name,
                waiver=finding.waiver and name,
                evidence=finding.evidence and ids.get(finding.evidence, finding.evidence),
            )
            for place, finding in enumerate(control.findings[:_FINDINGS])
        ),
        gaps=tuple(Reason("missing", f"g{name}") for _ in control.gaps),
        waivers=tuple(_waiver(name, force) for _ in control.waivers for force in _FORCES),
        exemptions=tuple(
            msgspec.structs.replace(
                each,
                id=name,
                resources=(name, name),
                reason=name,
                owner=name,
                approver=name,
                since=name,
                review_by=name,
            )
            for each in control.exemptions
        ),
        taken_out=control.taken_out
        and msgspec.structs.replace(
            control.taken_out, detail=name, reason=name, owner=name, approver=name, since=name, review_by=name
        ),
    )


def _waiver(name: str, force: Force) -> Waiver:
    return Waiver(
        id=name,
        resources=(name, name),
        reason=name,
        owner=name,
        approver=name,
        opened=name,
        expires=name,
        force=force,
        matched=1,
        unmatched=(name,),
        compensating=name if force == "expired" else None,
        doubt=name if force == "in_force" else None,
    )


def _limits(name: str) -> dict[str, Limit]:
    looser = Limit(value=name, default=False, looser=True, clause=name, approved_by=name, tool_default=name)
    return {f"l{name}": Limit(name, True), "m": Limit((name, name), False), "n": looser}
