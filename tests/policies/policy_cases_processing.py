"""Cases of PI1: jobs and their specification, runs, inputs, totals, deliveries, and what is stored."""

from datetime import datetime, timedelta
from typing import Any

from policy_case import Case, bad, before, made

from soc2test import (
    DataStore,
    Delivery,
    InputBatch,
    IntegrityCheck,
    JobOutput,
    JobRun,
    Person,
    ProcessingJob,
    Reconciliation,
    ScheduledJob,
    Spell,
)
from soc2test.testing import AS_OF
from soc2test_policies.pi1.inputs import test_inputs_are_counted_and_tie_to_what_was_processed as tied
from soc2test_policies.pi1.inputs import test_refused_inputs_are_worked_off as worked_off
from soc2test_policies.pi1.outputs import test_every_run_is_delivered as all_delivered
from soc2test_policies.pi1.outputs import test_results_reach_whom_they_are_for_whole_and_in_time as reached
from soc2test_policies.pi1.records import test_stored_results_are_checked as checked
from soc2test_policies.pi1.records import test_stored_results_are_kept_from_change as kept
from soc2test_policies.pi1.runs import test_failed_runs_are_made_good as made_good
from soc2test_policies.pi1.runs import test_jobs_run_when_they_are_due as ran
from soc2test_policies.pi1.specifications import test_processing_jobs_are_specified as specified
from soc2test_policies.pi1.specifications import test_users_know_what_a_job_does as told
from soc2test_policies.pi1.specifications import test_what_is_specified_is_started as started
from soc2test_policies.pi1.specifications import test_what_systems_start_is_specified as in_register
from soc2test_policies.pi1.totals import test_every_run_is_reconciled as reconciled
from soc2test_policies.pi1.totals import test_totals_agree_or_are_explained as agree

OLD = before(days=999)
ANN = made(
    Person, "ann", email="ann@acme.example", active=True, started_at=OLD, ended_at=None,
    spells=(Spell(started_at=OLD, ended_at=None),),
)  # fmt: skip
BEA = made(Person, "bea", email="bea@acme.example", active=True, spells=(Spell(started_at=OLD, ended_at=None),))
GONE = made(
    Person, "leo", email="leo@acme.example", active=False, started_at=OLD, ended_at=before(days=400),
    spells=(Spell(started_at=OLD, ended_at=before(days=400)),),
)  # fmt: skip
SYSTEMS = made(
    ScheduledJob, "prod/CronJob/shop/reports", source="kubernetes", schedule="0 0 * * *", time_zone=None,
    suspended=False, made_at=before(days=300), last_started_at=AS_OF.replace(hour=0),
    last_succeeded_at=AS_OF.replace(hour=1), failures_kept=True,
)  # fmt: skip
RUNS_AS = "kubernetes:prod/CronJob/shop/reports"
NAMED = {"runs_as": RUNS_AS}
JOB = made(
    ProcessingJob, "reports", owner_email="ann@acme.example", specification="documents/reports.txt", version="2",
    inputs=("orders",), outputs=(JobOutput(name="sales", recipient="merchants", due_hours=6),),
    approved_by="bea@acme.example", approved_at=before(days=300), reviewed_at=before(days=30),
    **NAMED,
)  # fmt: skip
WHEN = made(
    ProcessingJob, "reports", schedule="0 0 * * *", time_zone="UTC", in_use_since=before(days=4), inputs=("orders",),
    outputs=(JobOutput(name="sales", recipient="merchants", due_hours=6),), **NAMED,
)  # fmt: skip
TOLD = made(
    ProcessingJob, "reports", version="2", approved_at=before(days=30), told_at=before(days=20), told_where="page",
    **NAMED,
)  # fmt: skip
FIRST, SECOND = datetime(2026, 11, 17, tzinfo=AS_OF.tzinfo), datetime(2026, 11, 18, tzinfo=AS_OF.tzinfo)
HOUR = timedelta(hours=1)
_TOTALS: dict[str, Any] = {"job": "reports", "output": "sales", "done_at": FIRST + HOUR, "source_count": 10}
TOTALS = made(Reconciliation, "T1", run_due=FIRST, **_TOTALS)
LATER = made(Reconciliation, "T2", run_due=SECOND, **_TOTALS | {"done_at": SECOND + HOUR})
AGREED = made(
    Reconciliation, "T1", run_due=FIRST, done_at=FIRST + HOUR, done_by=None, source_system="orders", source_count=10,
    source_total=990, target_system="reports", target_count=10, target_total=990, explanation=None, explained_by=None,
    explained_at=None,
)  # fmt: skip
EXPLAINED = AGREED.but(
    target_count=9, target_total=900, explanation="one was cancelled", explained_by="bea@acme.example",
    explained_at=FIRST + timedelta(days=1), done_by="ann@acme.example",
)  # fmt: skip
_BATCH = {"job": "reports", "interface": "orders"}
BATCH = made(InputBatch, "B1", run_due=FIRST, accepted=10, **_BATCH)
NEXT = made(InputBatch, "B2", run_due=SECOND, accepted=10, **_BATCH)
REFUSED = made(
    InputBatch, "B1", **_BATCH, run_due=FIRST, received=12, accepted=10, rejected=2, resolved=2,
    resolved_at=FIRST + timedelta(days=1), resolved_by="ann@acme.example",
)  # fmt: skip
NONE_REFUSED = made(InputBatch, "B2", **_BATCH, run_due=FIRST, received=9, accepted=9, rejected=0, resolved=0)
TAKES = made(ProcessingJob, "reports", inputs=("returns", "orders"))
_DELIVERY = {"job": "reports", "output": "sales", "recipient": "Merchants"}
DELIVERY = made(Delivery, "D1", run_due=FIRST, delivered_at=FIRST + HOUR, **_DELIVERY)
AFTER = made(Delivery, "D2", run_due=SECOND, delivered_at=SECOND + HOUR, **_DELIVERY)
WHOLE = DELIVERY.but(count=9)
MEANT = made(ProcessingJob, "reports", outputs=(JobOutput(name="sales", recipient="merchants", due_hours=6),))
COUNTED = made(Reconciliation, "T1", job="reports", output="sales", run_due=FIRST, target_count=9)
KEEPS = made(ProcessingJob, "reports", stores=("arn:aws:s3:::reports",), **NAMED)
BUCKET = made(
    DataStore, "arn:aws:s3:::reports", versioned=True, deletion_protected=True, protected_days=31, backup_days=31
)
CHECK = made(
    IntegrityCheck, "C2", store="arn:aws:s3:::reports", done_at=before(days=9), listed=90, checked=90, mismatched=1,
    resolved_at=before(days=8), resolved_by="ann@acme.example", fall_explanation=None, fall_explained_by=None,
    fall_explained_at=None, document="c2.txt",
)  # fmt: skip
OLDER = made(
    IntegrityCheck, "C1", store="arn:aws:s3:::reports", done_at=before(days=40), mismatched=0, listed=100,
    document="c1.txt",
)  # fmt: skip
FAILED = made(JobRun, "r1", job="prod/CronJob/shop/reports", outcome="failed", ended_at=before(days=3))
LISTED = made(ScheduledJob, SYSTEMS.id, source="kubernetes", suspended=False)
SUCCEEDED = made(ScheduledJob, SYSTEMS.id, last_succeeded_at=before(days=2), failures_kept=True)
NOT_NAMED = frozenset({"prod/CronJob/shop/reports.suspended"})
STAYS = frozenset({"ann.spells", "bea.active"})
THEN = frozenset({"ann.active", "ann.started_at", "ann.ended_at", "bea.active"})
EARLY = [
    bad(
        made(each.kind, "early", "test", **{**each.facts, "run_due": before(days=5)}),
        says="in use since 2026-11-16, and early is of the run due 2026-11-15 12:00",
        deviates=["reports"],
    )
    for each in (BATCH, TOTALS, DELIVERY)
]
"""A run that was before the job is in use, by any of what is told of runs."""
NEVER_DUE = [
    bad(
        made(each.kind, "odd", "test", **{**each.facts, "run_due": FIRST + 14 * HOUR}),
        says="odd is of the run due 2026-11-17 14:00, and none is due then by its schedule",
        deviates=["reports"],
    )
    for each in (BATCH, TOTALS, DELIVERY)
]
"""A run that was not due, by any of what is told of runs."""


CASES = [
    Case(
        specified,
        [ANN, BEA, JOB, LISTED],
        [
            bad(JOB.but(owner_email=None), says="nobody is named as owner"),
            bad(JOB.but(owner_email="leo@acme.example"), GONE, says="leo@acme.example has left", certain=False),
            bad(JOB.but(specification=None), says="no document says what it has to do"),
            bad(JOB.but(inputs=()), says="names no inputs"),
            bad(JOB.but(outputs=()), says="names no outputs"),
            bad(JOB.but(approved_at=None), says="nobody approved version 2"),
            bad(JOB.but(approved_by=None), says="nobody is named as approver"),
            bad(JOB.but(approved_by="x@acme.example"), says="not in the register of people", certain=False),
            bad(JOB.but(approved_by="Ann@acme.example"), says="approved by its own owner"),
            bad(
                JOB.but(approved_at=before(days=-9)),
                says="which lies after",
            ),
            bad(JOB.but(approved_at=before(days=400), reviewed_at=None), says="last reviewed 400 days"),
            bad(JOB.but(reviewed_at=before(days=-9)), says="last reviewed on 2026-11-29, which lies after"),
        ],
        spare=STAYS | NOT_NAMED | {"reports.version"},
    ),
    Case(
        told,
        [TOLD, LISTED],
        [
            bad(TOLD.but(told_at=None), says="not told to its users 30 days after 2026-10-21, limit 14"),
            bad(TOLD.but(told_at=before(days=9)), says="told to its users 21 days after"),
            bad(TOLD.but(told_at=before(days=40)), says="before it was approved"),
            bad(TOLD.but(told_where=None), says="on no page"),
        ],
        spare=NOT_NAMED | {"reports.version"},
    ),
    Case(
        in_register,
        [WHEN.but(in_use_since=before(days=300)), SYSTEMS],
        [
            bad(WHEN.but(runs_as=None), says="in no entry", deviates=[SYSTEMS.id], certain=False),
            bad(SYSTEMS.but(schedule="5 0 * * *"), says="is specified for '0 0 * * *'"),
            bad(SYSTEMS.but(time_zone="Europe/Berlin"), says="is of Europe/Berlin"),
            bad(SYSTEMS.but(made_at=before(days=400)), says="says in use since 2026-01-24"),
        ],
        spare=frozenset(
            {f"reports.{name}" for name in ("inputs", "outputs")}
            | {f"{SYSTEMS.id}.{name}" for name in ("last_started_at", "last_succeeded_at", "failures_kept")}
        ),
    ),
    Case(
        started,
        [KEEPS, LISTED],
        [bad(KEEPS.but(runs_as="kubernetes:prod/CronJob/shop/x"), says="kubernetes lists no job prod/", certain=False)],
        spare=frozenset({"reports.stores"}) | NOT_NAMED,
    ),
    Case(
        ran,
        [SYSTEMS, made(ProcessingJob, "reports", **NAMED)],
        [
            bad(SYSTEMS.but(suspended=True), says="is suspended, and in use"),
            bad(SYSTEMS.but(schedule="0 0 30 2 *"), says="is never due"),
            bad(SYSTEMS.but(last_succeeded_at=None), says="never ended well, and the run due 2026-11-19 00:00 is over"),
            bad(SYSTEMS.but(last_succeeded_at=before(days=-2)), says="2026-11-22, which lies after"),
            bad(SYSTEMS.but(last_succeeded_at=before(days=2)), says="before the run due 2026-11-19 00:00"),
        ],
        spare=frozenset({f"{SYSTEMS.id}.failures_kept", "reports.runs_as"}),
    ),
    Case(
        made_good,
        [FAILED, SUCCEEDED, FAILED.but(ended_at=before(days=2, hours=1))],
        [
            bad(
                SUCCEEDED.but(last_succeeded_at=before(days=4)),
                says="not followed by a run",
                deviates=["r1"],
                certain=False,
            ),
            bad(SUCCEEDED.but(last_succeeded_at=None), says="limit 24 hours", deviates=["r1"], certain=False),
            bad(FAILED.but(ended_at=None), says="failed at no time"),
        ],
        spare=frozenset({f"{SYSTEMS.id}.failures_kept"}),
    ),
    Case(
        reconciled,
        [WHEN, LISTED, TOTALS, LATER, BATCH, DELIVERY],
        [
            bad(
                says="not reconciled within 48 hours: 1 of 2 runs, first the run due 2026-11-17 00:00",
                drop=["T1"],
                deviates=["reports"],
                certain=False,
            ),
            bad(
                TOTALS.but(done_at=FIRST + timedelta(hours=49)), says="1 of 2 runs", deviates=["reports"], certain=False
            ),
            bad(TOTALS.but(output="other"), says="1 of 2 runs", deviates=["reports"], certain=False),
            bad(WHEN.but(outputs=()), says="names no output"),
            *EARLY,
            *NEVER_DUE,
        ],
        spare=NOT_NAMED
        | {"reports.inputs", "T1.source_count", "T2.source_count"}
        | {f"{id}.{name}" for id in ("B1", "D1") for name in ("interface", "accepted", "output", "delivered_at")},
    ),
    Case(
        agree,
        [ANN, BEA, AGREED, EXPLAINED],
        [
            bad(AGREED.but(target_system=" Orders "), says="both totals are of orders: one system alone"),
            bad(AGREED.but(done_at=FIRST - HOUR), says="before it was due"),
            bad(AGREED.but(target_total=None), says="only one of orders and reports tells amounts"),
            bad(
                AGREED.but(target_count=9, done_at=FIRST - timedelta(days=5), run_due=FIRST - timedelta(days=6)),
                says="orders has 10 records of 990, reports has 9 records of 990: not explained",
            ),
            bad(
                AGREED.but(target_total=989, done_at=FIRST - timedelta(days=5), run_due=FIRST - timedelta(days=6)),
                says="not explained 8.5 days after",
            ),
            bad(EXPLAINED.but(explained_at=FIRST + timedelta(days=9)), says="which lies after"),
            bad(EXPLAINED.but(explained_at=FIRST - timedelta(days=9)), says="before it was reconciled"),
            bad(EXPLAINED.but(explanation=None), says="no explanation is written down"),
            bad(EXPLAINED.but(explained_by=None), says="nobody is named as explainer"),
            bad(EXPLAINED.but(explained_by="x@acme.example"), says="not in the register of people", certain=False),
            bad(EXPLAINED.but(done_by="Bea@acme.example"), says="compared the totals and explained them too"),
        ],
        spare=THEN,
    ),
    Case(
        worked_off,
        [ANN, REFUSED, NONE_REFUSED, TAKES, made(Reconciliation, "T1", job="reports", run_due=FIRST)],
        [
            bad(REFUSED.but(job="ledger"), says="came in for ledger, which is no job of the register", certain=False),
            bad(REFUSED.but(interface="Orders"), says="came in by Orders, which no specification", certain=False),
            bad(
                TAKES.but(inputs=("returns",)),
                deviates=["B1", "B2"],
                says="came in by orders, which no specification of reports names",
                certain=False,
            ),
            bad(REFUSED.but(received=13), says="13 received are not the 10 accepted and 2 refused: 1"),
            bad(NONE_REFUSED.but(resolved=1), says="1 refused records were resolved, and none was refused"),
            bad(REFUSED.but(resolved=3), says="3 refused records were resolved, of 2"),
            bad(
                REFUSED.but(resolved=1, run_due=before(days=9), resolved_at=before(days=8)),
                says="1 of 2 refused records are resolved: not resolved 9 days after",
            ),
            bad(REFUSED.but(resolved_at=None, run_due=before(days=9)), says="not resolved 9 days after"),
            bad(REFUSED.but(resolved_at=before(days=9)), says="before it was due"),
            bad(REFUSED.but(run_due=before(days=19)), says="resolved 16.5 days after"),
            bad(
                NONE_REFUSED.but(run_due=FIRST + 14 * HOUR),
                says="9 records were accepted for the run due 2026-11-17 14:00, and no totals show that it was",
                certain=False,
            ),
            bad(REFUSED.but(resolved_by=None), says="nobody is named as resolver"),
            bad(REFUSED.but(resolved_by="x@acme.example"), says="not in the register of people", certain=False),
        ],
        spare=THEN,
    ),
    Case(
        tied,
        [WHEN, LISTED, TOTALS, LATER, BATCH, NEXT, DELIVERY],
        [
            bad(
                says="what orders received is not counted: 1 of 2 runs",
                drop=["B1"],
                deviates=["reports"],
                certain=False,
            ),
            bad(
                BATCH.but(accepted=9),
                says="do not begin with the records that were accepted: 1 of 2 runs",
                deviates=["reports"],
                certain=False,
            ),
            bad(TOTALS.but(source_count=11), says="1 of 2 runs", deviates=["reports"], certain=False),
            bad(
                made(Reconciliation, "T9", **TOTALS.but(run_due=FIRST, source_count=9).facts),
                says="do not begin with the records that were accepted: 1 of 2 runs",
                deviates=["reports"],
                certain=False,
            ),
            bad(WHEN.but(inputs=()), says="names no input"),
            *EARLY,
            *NEVER_DUE,
        ],
        spare=NOT_NAMED
        | {f"{id}.{name}" for id in ("T1", "T2") for name in ("output", "done_at")}
        | {"reports.outputs", "D1.output", "D1.delivered_at"},
    ),
    Case(
        reached,
        [MEANT, COUNTED, WHOLE],
        [
            bad(WHOLE.but(output="other"), says="no specification of reports names the result other", certain=False),
            bad(
                WHOLE.but(recipient="partners"),
                says="went to partners, and is for merchants",
            ),
            bad(WHOLE.but(delivered_at=None), says="not delivered"),
            bad(WHOLE.but(delivered_at=FIRST + 7 * HOUR), says="delivered 7 hours after 2026-11-17, limit 6 hours"),
            bad(WHOLE.but(delivered_at=FIRST - 48 * HOUR), says="before it was due"),
            bad(WHOLE.but(count=8), says="8 records were delivered of the 9 that came out", certain=False),
            bad(says="no totals tell how many records", drop=["T1"], deviates=["D1"], certain=False),
        ],
    ),
    Case(
        all_delivered,
        [WHEN, LISTED, DELIVERY, AFTER, BATCH, TOTALS],
        [
            bad(
                says="sales for merchants was not delivered: 1 of 2 runs",
                drop=["D2"],
                deviates=["reports"],
                certain=False,
            ),
            bad(AFTER.but(delivered_at=None), says="1 of 2 runs", deviates=["reports"], certain=False),
            bad(AFTER.but(recipient="tax office"), says="1 of 2 runs", deviates=["reports"], certain=False),
            bad(AFTER.but(delivered_at=before(days=-3)), says="1 of 2 runs", deviates=["reports"], certain=False),
            bad(WHEN.but(outputs=()), says="names no output"),
            *EARLY,
            *NEVER_DUE,
        ],
        spare=NOT_NAMED
        | {"reports.inputs"}
        | {f"{id}.{name}" for id in ("B1", "T1") for name in ("interface", "accepted", "output", "done_at")}
        | {"T1.source_count"},
    ),
    Case(
        kept,
        [KEEPS, LISTED, BUCKET],
        [
            bad(KEEPS.but(stores=()), says="names no store"),
            bad(KEEPS.but(stores=("arn:aws:s3:::x",)), says="no export tells of its store", certain=False),
            bad(BUCKET.but(versioned=False), says="keeps no former versions", deviates=["reports"]),
            bad(BUCKET.but(deletion_protected=False), says="not protected from deletion", deviates=["reports"]),
            bad(BUCKET.but(protected_days=30), says="protects what is stored for 30 days", deviates=["reports"]),
            bad(BUCKET.but(backup_days=30), says="keeps former versions for 30 days", deviates=["reports"]),
        ],
        spare=NOT_NAMED,
    ),
    Case(
        checked,
        [KEEPS, LISTED, ANN, OLDER, CHECK],
        [
            bad(KEEPS.but(stores=()), says="names no store"),
            bad(says="was never checked", drop=["C1", "C2"], deviates=["reports"], certain=False),
            bad(
                CHECK.but(done_at=before(days=32)), says="was last checked 32 days", deviates=["reports"], certain=False
            ),
            bad(
                CHECK.but(document="./C1.txt"), says="its document is that of C1 too", deviates=["reports"],
                certain=False,
            ),
            bad(CHECK.but(checked=89), says="89 records were compared of the 90", deviates=["reports"], certain=False),
            bad(
                CHECK.but(listed=0, checked=0),
                says="0 records were compared of the 0",
                deviates=["reports"],
                certain=False,
            ),
            bad(
                CHECK.but(resolved_at=None),
                says="1 records differed on 2026-11-11, and nobody repaired",
                deviates=["reports"],
                certain=False,
            ),
            bad(
                CHECK.but(resolved_at=before(days=1)), says="resolved 8 days after", deviates=["reports"], certain=False
            ),
            bad(CHECK.but(resolved_by=None), says="nobody is named as resolver", deviates=["reports"], certain=False),
        ],
        spare=NOT_NAMED | THEN,
    ),
]
