"""Cases of CC4 and of CC7.4: examinations, findings, reviews of results, exercises."""

from policy_case import Case, bad, before, made

from soc2test import (
    AuditFinding,
    ContinuityPlan,
    DataStore,
    Examination,
    Exercise,
    Person,
    PolicyDocument,
    ResultReview,
    Spell,
    System,
)
from soc2test_policies.a1.exercises import test_continuity_plans_are_exercised as continued
from soc2test_policies.cc4.examinations import test_assessments_are_done_by_plan as by_plan
from soc2test_policies.cc4.examinations import (
    test_reports_reach_management_and_their_findings_the_register as tied,
)
from soc2test_policies.cc4.examinations import test_systems_are_penetration_tested_by_others as tested
from soc2test_policies.cc4.findings import test_findings_are_closed_by_a_fix_that_somebody_else_tried as closed
from soc2test_policies.cc4.findings import test_findings_are_reported_to_management as reported
from soc2test_policies.cc4.findings import test_findings_have_an_owner_and_a_due_date as owned
from soc2test_policies.cc4.findings import test_overdue_findings_are_escalated as escalated
from soc2test_policies.cc4.result_reviews import test_results_are_looked_at_each_month as monthly
from soc2test_policies.cc4.result_reviews import (
    test_results_are_signed_for_by_others_than_who_ran_the_tests as signed,
)
from soc2test_policies.cc7.exercises import test_the_response_to_incidents_is_exercised as exercised

ANN = made(
    Person, "ann", email="ann@acme.example", name="Ann Head", employment="employee", active=True,
    started_at=before(days=999), ended_at=None, spells=(Spell(started_at=before(days=999), ended_at=None),),
    manager_email=None,
)  # fmt: skip
BOB = made(
    Person, "bob", **ANN.but(email="bob@acme.example", name="Bob Second", manager_email="ann@acme.example").facts
)
CAT = made(Person, "cat", **ANN.but(email="cat@acme.example", name="Cat Third", manager_email="Bob@acme.example").facts)
LEO = made(
    Person, "leo",
    **ANN.but(
        email="leo@acme.example", name="Leo Left", active=False, ended_at=before(days=400),
        spells=(Spell(started_at=before(days=999), ended_at=before(days=400)),),
    ).facts,
)  # fmt: skip
SHOP = made(System, "shop", environment="production", criticality="high", owner_email="ann@acme.example")
LAB = made(System, "lab", environment="staging", criticality="high", assets=("toys",))
ORDERS = made(DataStore, "arn:orders", name="orders", classification="confidential")
TOYS = made(DataStore, "arn:toys", name="toys", classification="internal")
PROBE = "tess@probe.example"
PENTEST = made(
    Examination, "PT", category="penetration_test", planned_for=before(days=100), examiner_email=PROBE,
    scope=("shop", "other"), started_at=before(days=120), finished_at=before(days=110), reported_at=before(days=100),
    received_by="ann@acme.example", received_at=before(days=98), report="pt.pdf", findings=2, severe_findings=1,
)  # fmt: skip
SOON = made(
    Examination, "soon", category="penetration_test", started_at=None, finished_at=None, report=None
)  # fmt: skip
AUDIT = made(
    Examination, "IA",
    **PENTEST.but(category="internal_audit", examiner_email="bob@acme.example", scope=("shop",)).facts,
)  # fmt: skip
FOUND = made(
    AuditFinding, "F1", found_by="PT", severity="high", found_at=before(days=110), owner_email="bob@acme.example",
    due_at=before(days=60), reported_to="ann@acme.example", reported_at=before(days=98), escalated_to=None,
    escalated_at=None, fix="asks who it is", fixed_by="bob@acme.example", fixed_at=before(days=80),
    retested_by="Tess@probe.example", retested_at=before(days=70), closed_at=before(days=65),
)  # fmt: skip
OPEN = made(
    AuditFinding, "F2",
    **FOUND.but(
        severity="low", due_at=before(days=-200), fix=None, fixed_by=None, fixed_at=None, retested_by=None,
        retested_at=None, closed_at=None,
    ).facts,
)  # fmt: skip
LATE = made(
    AuditFinding, "F3",
    **FOUND.but(
        due_at=before(days=75), escalated_to="ann@acme.example", escalated_at=before(days=68)
    ).facts,
)  # fmt: skip
RUN = made(
    ResultReview, "R", run_at=before(days=30), run_by="bob@acme.example", matrix_sha256="a" * 64, deviations=2,
    reviewed_by="ann@acme.example", reviewed_at=before(days=20), decision="two to be fixed", document="r.txt",
)  # fmt: skip
OF_RUN = [made(AuditFinding, f"F{number}", found_by="R") for number in range(2)]
PLAN = made(PolicyDocument, "P", topic="incident-response", approved_at=before(days=200), document="plan.txt")
DRILL = made(
    Exercise, "EX", category="incident-response", scenario="a key is stolen", held_at=before(days=365),
    led_by="ann@acme.example",
    participants=("bob@acme.example", "cat@acme.example"), document="ex.txt", findings=1,
    plans=("P", "other"),
)  # fmt: skip
OF_DRILL = made(AuditFinding, "F1", found_by="EX")
SHOP_PLAN = made(ContinuityPlan, "B1", rto_hours=8, document="shop.txt")
TRIED = DRILL.but(category="business-continuity", plans=("B1",), downtime_hours=8)
TALKED = made(
    Exercise, "old", category="business-continuity", plans=("B1",), held_at=before(days=400), document="old.txt"
)  # fmt: skip
EARLIER_DRILL = made(Exercise, "old", category="incident-response", held_at=before(days=400), document="old.txt")
"""too old for the year, and its document is still its own"""
MONTHS = [
    made(ResultReview, f"R{number}", run_at=before(days=30 + 30.4 * number), reviewed_at=before(days=1))
    for number in range(12)
]


def _spare(*made_of: str) -> frozenset[str]:
    return frozenset(
        f"{id}.{fact}" for spec in made_of for id, _, facts in [spec.partition(":")] for fact in facts.split()
    )


PEOPLE = _spare(
    *(f"{id}:name employment active started_at ended_at manager_email" for id in ("ann", "bob", "cat", "leo"))
)
TEAM = [ANN, BOB]
_ALL = tuple(PENTEST.facts)


def _needs(made_of: str, facts: tuple[str, ...], *needed: str) -> frozenset[str]:
    return frozenset(f"{made_of}.{fact}" for fact in facts if fact not in needed)


_FINDING = tuple(FOUND.facts)

CASES = [
    Case(
        tested,
        [ANN, SHOP, PENTEST, LAB, ORDERS, TOYS],
        [
            bad(LAB.but(criticality="critical"), says="no penetration test by another", certain=False),
            bad(LAB.but(environment="internal", criticality="critical"), says="no penetration test", certain=False),
            bad(LAB.but(assets=("toys", "orders")), says="no penetration test by another", certain=False),
            bad(LAB.but(assets=("toys", "arn:ord*")), says="no penetration test by another", certain=False),
            bad(TOYS.but(classification="Restricted"), deviates=["lab"], says="no penetration", certain=False),
            bad(PENTEST.but(scope=("other",)), deviates=["shop"], says="no penetration test by another", certain=False),
            bad(PENTEST.but(finished_at=before(days=366)), deviates=["shop"], says="in the 365 days", certain=False),
            bad(PENTEST.but(finished_at=None), deviates=["shop"], says="no penetration test", certain=False),
            bad(PENTEST.but(category="assessment"), deviates=["shop"], says="no penetration test", certain=False),
            bad(PENTEST.but(report=None), deviates=["shop"], says="with its report", certain=False),
            bad(PENTEST.but(examiner_email="Ann@acme.example"), deviates=["shop"], says="by another", certain=False),
            bad(
                PENTEST.but(examiner_email="red@team.acme.example"), deviates=["shop"], says="by another", certain=False
            ),
            bad(PENTEST.but(examiner_email=None), deviates=["shop"], says="by another company", certain=False),
        ],
        spare=_spare("ann:name employment active started_at ended_at spells manager_email", "shop:owner_email")
        | {"arn:orders.classification"}
        | _needs("PT", _ALL, "category", "examiner_email", "scope", "finished_at", "report"),
    ),
    Case(
        by_plan,
        [*TEAM, SHOP, AUDIT, PENTEST],
        [
            bad(AUDIT.but(finished_at=None), says="not done 100 days after 2026-08-12, limit 30 days"),
            bad(AUDIT.but(finished_at=before(days=69)), says="done 31 days after 2026-08-12, limit 30 days"),
            bad(AUDIT.but(started_at=before(days=100)), says="before it was begun"),
            bad(AUDIT.but(examiner_email=None), says="nobody is named as examiner"),
            bad(AUDIT.but(examiner_email="Ann@acme.example"), says="owns shop, which it looked at"),
            bad(AUDIT.but(examiner_email="x@acme.example"), says="is not in the register of people", certain=False),
            bad(
                LEO, AUDIT.but(examiner_email="leo@acme.example"), says="did not work here on 2026-08-02", certain=False
            ),
            bad(AUDIT.but(scope=()), says="names no system"),
            bad(AUDIT.but(scope=("shop", "gone")), says="names gone, which is no system", certain=False),
            bad(drop=["IA"], deviates=[], says="", certain=False),
        ],
        spare=PEOPLE
        | _spare("ann:email spells", "bob:email", "shop:environment criticality")
        | _needs("IA", _ALL, "category", "planned_for", "examiner_email", "scope", "started_at", "finished_at")
        | _needs("PT", _ALL),
    ),
    Case(
        tied,
        [*TEAM, PENTEST, SOON, FOUND, OPEN],
        [
            bad(SOON.but(started_at=before(days=91)), says="not finished 91 days after 2026-08-21, limit 90 days"),
            bad(
                SOON.but(started_at=before(days=366), category="external_audit"),
                says="not finished 366 days after 2025-11-19, limit 365 days",
            ),
            bad(SOON.but(started_at=before(days=-9)), says="begun on 2026-11-29, which lies after"),
            bad(PENTEST.but(started_at=before(days=201)), says="finished 91 days after 2026-05-03, limit 90 days"),
            bad(PENTEST.but(finished_at=before(days=3650)), says="before it was begun"),
            bad(
                SOON.but(
                    finished_at=before(days=900),
                    reported_at=before(days=890),
                    received_at=before(days=889),
                    report="./PT.pdf",
                ),
                deviates=["PT"],
                says="its document is that of soon too",
            ),
            bad(PENTEST.but(examiner_email=None), says="nobody is named as examiner"),
            bad(PENTEST.but(reported_at=None), says="not reported 110 days after 2026-08-02, limit 45 days"),
            bad(PENTEST.but(reported_at=before(days=64), received_at=None), says="reported 46 days after"),
            bad(PENTEST.but(reported_at=before(days=120)), says="before it was finished"),
            bad(PENTEST.but(report=None), says="there is no document"),
            bad(PENTEST.but(received_at=before(days=80)), says="received 20 days after 2026-08-12, limit 14 days"),
            bad(PENTEST.but(received_by="x@acme.example"), says="not in the register of people", certain=False),
            bad(
                LEO, PENTEST.but(received_by="leo@acme.example"), says="did not work here on 2026-08-14", certain=False
            ),
            bad(PENTEST.but(examiner_email="ANN@acme.example"), says="who led it took its report"),
            bad(PENTEST.but(findings=None), says="does not say how many findings there are"),
            bad(PENTEST.but(severe_findings=None), says="how many of its findings are severe"),
            bad(PENTEST.but(findings=3), says="counts 3 findings, and the register holds 2 of it", certain=False),
            bad(PENTEST.but(findings=1), says="counts 1 findings, and the register holds 2 of it", certain=False),
            bad(
                FOUND.but(severity="medium"),
                deviates=["PT"],
                certain=False,
                says="rates 1 findings as severe, and the register 0 of them",
            ),
        ],
        spare=PEOPLE
        | _spare("bob:email spells", "PT:planned_for scope", "soon:category")
        | _needs("F1", _FINDING, "found_by", "severity")
        | _needs("F2", _FINDING, "found_by", "severity"),
    ),
    Case(
        monthly,
        MONTHS,
        [
            bad(MONTHS[3].but(reviewed_at=None), deviates=[], says="nobody looked at a run of 2026-07", certain=False),
            bad(drop=["R1", "R2"], deviates=[], says="nobody looked at a run of 2026-09, 2026-08", certain=False),
        ],
    ),
    Case(
        signed,
        [*TEAM, RUN, *OF_RUN],
        [
            bad(RUN.but(reviewed_at=None), says="not looked at 30 days after 2026-10-21, limit 14 days"),
            bad(RUN.but(reviewed_at=before(days=15)), says="looked at 15 days after 2026-10-21, limit 14 days"),
            bad(RUN.but(reviewed_at=before(days=40)), says="before it was run"),
            bad(RUN.but(reviewed_by=None), says="nobody is named as reviewer"),
            bad(RUN.but(reviewed_by="x@acme.example"), says="not in the register of people", certain=False),
            bad(RUN.but(run_by="Ann@acme.example"), says="who ran the tests looked at them alone"),
            bad(RUN.but(decision=None), says="nothing says what was decided"),
            bad(RUN.but(document=None), says="of it there is no document"),
            bad(RUN.but(matrix_sha256=None), says="does not say by its digest"),
            bad(
                made(ResultReview, "Q", run_at=before(days=900), matrix_sha256="a" * 64),
                deviates=["R"],
                says="names the very matrix that Q does",
            ),
            bad(
                made(ResultReview, "Q", run_at=before(days=900), matrix_sha256="b" * 64, document="r.txt"),
                deviates=["R"],
                says="its document is that of Q too",
                certain=False,
            ),
            bad(RUN.but(deviations=3), says="counts 3 findings, and the register holds 2 of it", certain=False),
        ],
        spare=PEOPLE - {"ann.name", "bob.name"} | _spare("ann:name", "bob:name email spells"),
    ),
    Case(
        owned,
        [
            *TEAM,
            PENTEST,
            SOON,
            made(AuditFinding, "old", found_by=None, found_at=before(days=500), closed_at=before(days=366)),
            FOUND,
            OPEN,
        ],
        [
            bad(
                FOUND.but(found_at=before(days=500), closed_at=before(days=366)),
                says="by the dates of PT, it was found on 2025-07-08, before it was begun on 2026-07-23",
            ),
            bad(
                OPEN.but(found_at=before(days=98)),
                says="by the dates of PT, it was reported on 2026-08-12, before it was found on 2026-08-14",
            ),
            bad(
                OPEN.but(found_by="EX"),
                DRILL.but(held_at=before(days=100), findings=None),
                says="by the dates of EX, it was found on 2026-08-02, before it was begun on 2026-08-12",
                deviates=["F2"],
            ),
            bad(OPEN.but(owner_email=None), says="nobody is named as owner"),
            bad(LEO, OPEN.but(owner_email="leo@acme.example"), says="leo@acme.example has left", certain=False),
            bad(LEO, FOUND.but(owner_email="leo@acme.example"), says="did not work here on 2026-09-16", certain=False),
            bad(OPEN.but(due_at=None), says="no day was agreed"),
            bad(OPEN.but(due_at=before(days=120)), says="is due on 2026-07-23, before it was found on 2026-08-02"),
            bad(FOUND.but(due_at=before(days=49)), says="high, is due 61 days after it was found, limit 60"),
            bad(OPEN.but(severity="critical"), says="limit 30"),
            bad(OPEN.but(severity="medium"), says="limit 120"),
            bad(OPEN.but(due_at=before(days=-256)), says="low, is due 366 days after it was found, limit 365"),
            bad(FOUND.but(closed_at=before(days=120)), says="before it was found"),
        ],
        spare=PEOPLE
        | _spare("ann:email spells")
        | _needs("F1", _FINDING, "severity", "found_at", "owner_email", "due_at", "closed_at")
        | _needs("F2", _FINDING, "severity", "found_at", "owner_email", "due_at", "closed_at")
        - {"bob.active", "bob.ended_at"},
    ),
    Case(
        reported,
        [*TEAM, CAT, FOUND, OPEN],
        [
            bad(
                FOUND.but(reported_to="cat@acme.example"),
                says="was reported to cat@acme.example, who reports to its owner bob@acme.example, alone",
            ),
            bad(
                ANN.but(manager_email="cat@acme.example"),
                deviates=["F1", "F2"],
                says="was reported to ann@acme.example, who reports to its owner",
            ),
            bad(FOUND.but(reported_at=None), says="not reported to management 110 days after 2026-08-02, limit 30"),
            bad(FOUND.but(reported_at=before(days=79)), says="reported to management 31 days after"),
            bad(FOUND.but(reported_at=before(days=112)), says="before it was found"),
            bad(FOUND.but(reported_to=None), says="nobody is named as recipient"),
            bad(FOUND.but(reported_to="x@acme.example"), says="not in the register of people", certain=False),
            bad(FOUND.but(reported_to="Bob@acme.example"), says="was reported to its own owner"),
        ],
        spare=PEOPLE - {"ann.manager_email"}
        | _spare("bob:email spells", "cat:email spells")
        | _needs("F1", _FINDING, "found_at", "owner_email", "reported_to", "reported_at", "closed_at")
        | _needs("F2", _FINDING, "found_at", "owner_email", "reported_to", "reported_at", "closed_at"),
    ),
    Case(
        closed,
        [*TEAM, CAT, PENTEST, FOUND, LATE.but(retested_by="cat@acme.example"), OPEN],
        [
            bad(FOUND.but(due_at=None), says="no day was agreed"),
            bad(FOUND.but(closed_at=before(days=29)), says="closed 31 days after 2026-09-21, limit 30 days"),
            bad(FOUND.but(closed_at=None), says="not closed 60 days after 2026-09-21, limit 30 days"),
            bad(FOUND.but(fixed_at=before(days=60)), says="before it was fixed"),
            bad(FOUND.but(retested_at=before(days=90)), says="tested again on 2026-08-22, before it was fixed"),
            bad(FOUND.but(closed_at=before(days=75)), says="before it was tested again"),
            bad(FOUND.but(fix=None), says="nobody says by which fix"),
            bad(FOUND.but(fixed_at=None), says="without a day of its fix"),
            bad(FOUND.but(retested_at=None), says="nobody tried its fix"),
            bad(FOUND.but(fixed_by=None), says="nobody is named as fixer"),
            bad(FOUND.but(retested_by=None), says="nobody is named as who tried its fix"),
            bad(FOUND.but(fixed_by="x@acme.example"), says="is not in the register of people", certain=False),
            bad(FOUND.but(retested_by="Bob@acme.example"), says="by Bob@acme.example, who fixed it"),
            bad(
                FOUND.but(owner_email="cat@acme.example", retested_by="Cat@acme.example"),
                says="by Cat@acme.example, who owns it and has to close it",
            ),
            bad(FOUND.but(fix="Risk accepted, nothing was changed"), says="names none"),
            bad(FOUND.but(fix="Will be patched in the next sprint"), says="names none"),
            bad(FOUND.but(retested_by="eve@evil.example"), says="second tester eve@evil.example", certain=False),
            bad(FOUND.but(retested_by="eve@acme.example"), says="second tester eve@acme.example", certain=False),
        ],
        spare=PEOPLE
        | _spare("ann:email spells", "cat:email spells")
        | _needs("PT", _ALL, "examiner_email")
        | _needs(
            "F1",
            _FINDING,
            "found_by",
            "found_at",
            "due_at",
            "owner_email",
            "fix",
            "fixed_by",
            "fixed_at",
            "retested_by",
            "retested_at",
            "closed_at",
        )
        | _needs(
            "F3",
            _FINDING,
            "found_at",
            "due_at",
            "owner_email",
            "fix",
            "fixed_by",
            "fixed_at",
            "retested_by",
            "retested_at",
            "closed_at",
        )
        | _needs("F2", _FINDING, "due_at", "closed_at"),
    ),
    Case(
        escalated,
        [*TEAM, CAT, LATE, FOUND, OPEN],
        [
            bad(
                LATE.but(escalated_to="cat@acme.example"),
                says="was escalated to cat@acme.example, who reports to its owner bob@acme.example, alone",
            ),
            bad(LATE.but(escalated_at=None), says="was due and not escalated 75 days after 2026-09-06, limit 7 days"),
            bad(LATE.but(escalated_at=before(days=67)), says="escalated 8 days after 2026-09-06, limit 7 days"),
            bad(LATE.but(escalated_at=before(days=120)), says="before it was found"),
            bad(LATE.but(escalated_to=None), says="nobody is named as next in line"),
            bad(LATE.but(escalated_to="x@acme.example"), says="not in the register of people", certain=False),
            bad(LATE.but(escalated_to="BOB@acme.example"), says="was escalated to its own owner"),
        ],
        spare=PEOPLE - {"ann.manager_email"}
        | _spare("bob:email spells", "cat:email spells")
        | _needs("F3", _FINDING, "found_at", "owner_email", "due_at", "escalated_to", "escalated_at", "closed_at")
        | _needs("F1", _FINDING, "due_at", "closed_at")
        | _needs("F2", _FINDING, "due_at"),
    ),
    Case(
        exercised,
        [
            ANN,
            BOB,
            CAT,
            PLAN,
            DRILL,
            OF_DRILL,
            made(Exercise, "bc", category="business-continuity", document="bc"),
            EARLIER_DRILL,
        ],
        [
            bad(DRILL.but(document="old.txt"), says="its document is that of old too, and one", certain=False),
            bad(
                DRILL,
                made(Exercise, "bc", category="business-continuity", document="ex.txt", held_at=before(days=1)),
                deviates=["EX"],
                says="its document is that of bc too",
                certain=False,
            ),
            bad(DRILL.but(document="Plan.txt"), says="its record is the file of P", certain=False),
            bad(DRILL.but(held_at=before(days=-9)), says="was held on 2026-11-29, which lies after"),
            bad(DRILL.but(document=None), says="of it there is no document"),
            bad(DRILL.but(led_by=None), says="nobody is named as leader"),
            bad(DRILL.but(led_by="x@acme.example"), says="not in the register of people", certain=False),
            bad(DRILL.but(participants=("cat@acme.example", "Ann@acme.example")), says="1 took part beside its leader"),
            bad(
                DRILL.but(participants=("cat@acme.example", "bob@acme.example", "x@acme.example")),
                says="its participant x@acme.example is not in the register",
                certain=False,
            ),
            bad(
                PLAN.but(approved_at=None),
                deviates=["EX"],
                says="names no approved plan of incident-response",
                certain=False,
            ),
            bad(DRILL.but(plans=("Q",)), says="names no approved plan of incident-response", certain=False),
            bad(DRILL.but(findings=None), says="does not say what came to light"),
            bad(DRILL.but(findings=2), says="counts 2 findings, and the register holds 1 of it", certain=False),
        ],
        spare=PEOPLE,
    ),
    Case(
        continued,
        [ANN, BOB, CAT, SHOP_PLAN, TRIED, OF_DRILL, TALKED],
        [
            bad(TRIED.but(plans=("other",)), deviates=["B1"], says="last exercised 400 days", certain=False),
            bad(drop=["EX", "old"], deviates=["B1"], says="no exercise of business-continuity names", certain=False),
            bad(
                TRIED.but(category="incident-response"), deviates=["B1"], says="last exercised 400 days", certain=False
            ),
            bad(
                TALKED.but(document="./EX.txt"), deviates=["B1"], says="EX: its document is that of old", certain=False
            ),
            bad(
                TRIED.but(document="shop.txt"), deviates=["B1"], says="EX: its record is the file of B1", certain=False
            ),
            bad(TRIED.but(held_at=before(days=366)), deviates=["B1"], says="last exercised 366 days", certain=False),
            bad(TRIED.but(document=None), deviates=["B1"], says="EX: of it there is no document", certain=False),
            bad(TRIED.but(findings=2), deviates=["B1"], says="EX: counts 2 findings, and the", certain=False),
            bad(TRIED.but(led_by="x@acme.example"), deviates=["B1"], says="not in the register", certain=False),
            bad(TRIED.but(participants=()), deviates=["B1"], says="EX: 0 took part", certain=False),
            bad(TRIED.but(downtime_hours=9), deviates=["B1"], says="was down 9 hours, and may be 8", certain=False),
            bad(SHOP_PLAN.but(rto_hours=None), says="says not how long its process may be down", certain=False),
            bad(
                made(Exercise, "EX2", **TRIED.but(held_at=before(days=5), downtime_hours=2, document="2.txt").facts),
                deviates=["B1"],
                says="EX2: counts 1 findings",
                certain=False,
            ),
        ],
        spare=PEOPLE,
    ),
]
