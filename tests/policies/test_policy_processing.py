"""What a case can't say of PI1: edges, what is unknown, and what the register leaves out."""

from datetime import timedelta

import pytest
from policy_case import before, made
from policy_cases_processing import (
    AFTER,
    AGREED,
    ANN,
    BATCH,
    BEA,
    BUCKET,
    CHECK,
    COUNTED,
    DELIVERY,
    EXPLAINED,
    FAILED,
    FIRST,
    JOB,
    KEEPS,
    LATER,
    LISTED,
    MEANT,
    NAMED,
    NEXT,
    NONE_REFUSED,
    OLDER,
    REFUSED,
    RUNS_AS,
    SUCCEEDED,
    SYSTEMS,
    TAKES,
    TOLD,
    TOTALS,
    WHEN,
    WHOLE,
)

from soc2test import JobOutput, JobRun, ProcessingJob, ScheduledJob
from soc2test.testing import AS_OF, check
from soc2test.verdicts import ControlResult, Verdict
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
from soc2test_policies.pi1.specifications import test_what_systems_start_is_specified as in_register
from soc2test_policies.pi1.totals import test_every_run_is_reconciled as reconciled
from soc2test_policies.pi1.totals import test_totals_agree_or_are_explained as agree


def _reason(result: ControlResult) -> str:
    assert result.verdict is Verdict.NOT_EVALUATED, result.verdict
    messages = [finding.message for finding in result.findings]
    return "\n".join([*messages, result.reason.text if result.reason else ""])


UNLISTED = made(ScheduledJob, "prod/CronJob/shop/other", source="kubernetes", suspended=False)


def test_a_job_that_no_entry_names_holds_up_what_the_register_tells() -> None:
    for control, resources in (
        (specified, [ANN, BEA, JOB]),
        (told, [TOLD]),
        (reconciled, [WHEN, TOTALS, LATER]),
        (tied, [WHEN, TOTALS, LATER, BATCH, NEXT]),
        (all_delivered, [WHEN, DELIVERY, AFTER]),
        (kept, [KEEPS, BUCKET]),
        (checked, [KEEPS, ANN, CHECK]),
    ):
        result = check(control, *(each.build() for each in (*resources, LISTED, UNLISTED)))
        assert "kubernetes starts prod/CronJob/shop/other, and no entry runs_as it" in _reason(result)


def test_a_job_of_another_source_is_another_one() -> None:
    other = made(ScheduledJob, SYSTEMS.id, source="airflow", **SYSTEMS.facts)
    result = check(in_register, other.build(), WHEN.build())
    assert result.verdict is Verdict.FAIL


def test_a_suspended_job_that_no_entry_names_has_not_to_run() -> None:
    suspended = SYSTEMS.but(suspended=True)
    result = check(ran, SYSTEMS.build(), made(ScheduledJob, "x", **suspended.facts).build(),
                   made(ProcessingJob, "reports", **NAMED).build())  # fmt: skip
    assert (result.verdict, result.population) == (Verdict.PASS, 1)


def test_a_job_that_is_new_was_not_due_yet() -> None:
    result = check(ran, SYSTEMS.but(made_at=before(hours=30), last_succeeded_at=None).build(),
                   made(ProcessingJob, "reports", **NAMED).build())  # fmt: skip
    assert (result.verdict, result.population) == (Verdict.NOT_EVALUATED, 0)


def test_a_system_whose_clock_is_of_another_zone_is_asked_for_it() -> None:
    odd = SYSTEMS.but(last_started_at=AS_OF.replace(hour=5))
    job = made(ProcessingJob, "reports", **NAMED).build()
    assert "set the zone of the schedule" in _reason(check(ran, odd.build(), job))
    assert check(ran, odd.but(time_zone="UTC").build(), job).verdict is Verdict.PASS


def test_a_schedule_that_can_not_be_read_is_never_green() -> None:
    odd = SYSTEMS.but(schedule="rate(1 day)")
    assert "no schedule in five fields" in _reason(
        check(ran, odd.build(), made(ProcessingJob, "reports", **NAMED).build())
    )


def test_a_run_that_is_listed_shows_the_success_that_its_schedule_does_not() -> None:
    silent = SUCCEEDED.but(last_succeeded_at=before(days=9))
    again = made(JobRun, "r2", job=FAILED.facts["job"], outcome="succeeded", ended_at=before(days=2))
    assert check(made_good, FAILED.build(), silent.build(), again.build()).verdict is Verdict.PASS
    other = made(JobRun, "r2", job="prod/CronJob/shop/x", outcome="succeeded", ended_at=before(days=2))
    assert check(made_good, FAILED.build(), silent.build(), other.build()).verdict is Verdict.FAIL
    earlier = again.but(ended_at=before(days=4))
    assert check(made_good, FAILED.build(), silent.build(), earlier.build()).verdict is Verdict.FAIL


def test_a_failure_waits_for_its_next_run() -> None:
    fresh = FAILED.but(ended_at=before(hours=23))
    result = check(made_good, fresh.build(), SUCCEEDED.build())
    assert (result.pending, result.deviations) == (1, 0)


def test_no_failed_run_is_believed_only_where_failed_runs_are_kept() -> None:
    assert check(made_good, SUCCEEDED.build()).verdict is Verdict.NO_OCCURRENCES
    assert "are deleted" in _reason(check(made_good, SUCCEEDED.but(failures_kept=False).build()))
    assert "no system lists a job" in _reason(check(made_good))


def test_a_job_without_runs_that_are_over_is_not_reconciled() -> None:
    new = WHEN.but(in_use_since=before(days=1))
    assert "no run of it was due" in _reason(check(reconciled, new.build(), LISTED.build()))


def test_a_reconciliation_at_the_limit_is_in_time() -> None:
    late = TOTALS.but(done_at=FIRST + timedelta(hours=48))
    assert check(reconciled, WHEN.build(), LISTED.build(), late.build(), LATER.build()).verdict is Verdict.PASS


def test_totals_that_differ_wait_for_their_explanation() -> None:
    fresh = AGREED.but(target_count=9, run_due=before(days=3), done_at=before(days=2))
    result = check(agree, fresh.build())
    assert (result.pending, result.deviations) == (1, 0)


def test_who_explains_a_difference_worked_here_then() -> None:
    gone = EXPLAINED.but(explained_by="leo@acme.example")
    result = check(agree, gone.build(), ANN.build(), BEA.build())
    assert result.verdict is Verdict.FAIL


def test_batches_wait_while_their_days_are_open() -> None:
    open_days = REFUSED.but(resolved=0, resolved_at=None)
    result = check(worked_off, open_days.build(), TAKES.build(), TOTALS.build())
    assert (result.pending, result.deviations) == (1, 0)
    without_a_run = check(worked_off, open_days.build(), TAKES.build())
    assert (without_a_run.pending, without_a_run.deviations) == (0, 1)


def test_a_batch_waits_for_its_run_while_it_may_settle() -> None:
    """What is wrong with it beside stands at once."""
    lately = NONE_REFUSED.but(run_due=before(hours=48))
    result = check(worked_off, lately.build(), TAKES.build())
    assert (result.pending, result.deviations) == (1, 0)
    for wrong in (lately.but(resolved=1), lately.but(run_due=before(hours=49))):
        result = check(worked_off, wrong.build(), TAKES.build())
        assert (result.pending, result.deviations) == (0, 1)


def test_the_schedule_of_today_is_held_against_runs_of_the_window_alone() -> None:
    """Before it the job may have had another one."""
    since = WHEN.but(in_use_since=before(days=99))
    long_ago = made(BATCH.kind, "B0", **BATCH.facts | {"run_due": before(days=90)})
    clean = [LISTED, BATCH, NEXT, TOTALS, LATER]
    older, newer = (long_ago.but(run_due=before(days=days)) for days in (31, 29))
    built = [each.build() for each in clean]
    verdicts = [
        check(tied, since.build(), batch.build(), *built, limits={"since_days": 30}).findings[0].message
        for batch in (older, newer)
    ]
    assert "none is due then by its schedule" not in verdicts[0]
    assert "none is due then by its schedule" in verdicts[1]


def test_what_several_interfaces_accepted_is_what_was_processed() -> None:
    two = WHEN.but(inputs=("orders", "returns"), in_use_since=before(days=3))
    orders, returns = NEXT.but(accepted=7), made(type(NEXT.build()), "B3", **NEXT.facts | {"interface": "returns"})
    resources = [two, LISTED, LATER, orders, returns.but(accepted=3)]
    assert check(tied, *(each.build() for each in resources)).verdict is Verdict.PASS
    resources[-1] = returns.but(accepted=4)
    assert check(tied, *(each.build() for each in resources)).verdict is Verdict.FAIL


def test_an_interface_that_counts_nothing_in_any_run_is_perhaps_not_counted() -> None:
    zeros = {"accepted": 0, "received": 0, "rejected": 0}
    none = [BATCH.but(**zeros), NEXT.but(**zeros), TOTALS.but(source_count=0), LATER.but(source_count=0)]
    result = check(tied, *(each.build() for each in (WHEN, LISTED, *none)))
    assert "orders counts nothing in any of 2 runs: is it counted?" in _reason(result)
    refused = [none[0], NEXT.but(**zeros | {"received": 1, "rejected": 1}), *none[2:]]
    assert check(tied, *(each.build() for each in (WHEN, LISTED, *refused))).verdict is Verdict.PASS
    long_ago = made(BATCH.kind, "B0", **BATCH.facts | {"run_due": before(days=90), "received": 5})
    since = WHEN.but(in_use_since=before(days=99))
    result = check(tied, *(each.build() for each in (since, LISTED, long_ago, *none)), limits={"since_days": 4})
    assert "is it counted?" in _reason(result)
    wrong = none[2].but(source_count=1)
    assert check(tied, *(each.build() for each in (WHEN, LISTED, *none[:2], wrong, none[3]))).verdict is Verdict.FAIL


def test_one_of_two_interfaces_that_counts_nothing_is_asked_for() -> None:
    two = WHEN.but(inputs=("orders", "returns"))
    zeros = {"interface": "returns", "accepted": 0, "received": 0, "rejected": 0}
    returns = [made(BATCH.kind, f"R{each.id}", **each.facts | zeros) for each in (BATCH, NEXT)]
    result = check(tied, *(each.build() for each in (two, LISTED, TOTALS, LATER, BATCH, NEXT, *returns)))
    assert "returns counts nothing in any of 2 runs" in _reason(result)


def test_totals_of_a_run_that_contradict_each_other_tie_to_nothing() -> None:
    second = made(TOTALS.kind, "T9", **TOTALS.facts | {"run_due": FIRST, "output": "ledger"})
    base = (WHEN, LISTED, TOTALS, LATER, BATCH, NEXT)
    assert check(tied, *(each.build() for each in (*base, second))).verdict is Verdict.PASS
    result = check(tied, *(each.build() for each in (*base, second.but(source_count=9))))
    assert result.verdict is Verdict.FAIL
    untold = second.build(without="source_count")
    assert check(tied, *(each.build() for each in base), untold).verdict is Verdict.NOT_EVALUATED


def test_two_totals_of_one_run_that_differ_are_no_count_to_hold_a_delivery_against() -> None:
    second = made(type(COUNTED.build()), "T9", **COUNTED.facts | {"target_count": 8})
    result = check(reached, MEANT.build(), COUNTED.build(), second.build(), WHOLE.build())
    assert result.verdict is Verdict.FAIL
    assert "9 records were delivered of the 8 or 9" in result.findings[0].message


def test_each_output_has_its_own_recipient_and_hours() -> None:
    outputs = (
        JobOutput(name="sales", recipient="merchants", due_hours=6),
        JobOutput(name="ledger", recipient="finance", due_hours=1),
    )
    resources = [MEANT.but(outputs=outputs), COUNTED.but(output="ledger"),
                 WHOLE.but(output="ledger", recipient="finance")]  # fmt: skip
    assert check(reached, *(each.build() for each in resources)).verdict is Verdict.PASS
    resources[-1] = WHOLE.but(output="ledger", recipient="finance", delivered_at=FIRST + timedelta(minutes=61))
    assert check(reached, *(each.build() for each in resources)).verdict is Verdict.FAIL


def test_an_older_mismatch_is_not_covered_by_a_newer_check() -> None:
    open_one = made(type(CHECK.build()), "C0", **CHECK.facts | {"done_at": before(days=60), "resolved_at": None, "document": None})
    result = check(checked, *(each.build() for each in (KEEPS, LISTED, ANN, CHECK, open_one)))
    assert result.verdict is Verdict.FAIL
    assert "1 records differed on 2026-09-21" in result.findings[0].message


def test_a_store_that_holds_far_fewer_records_than_before_shows_nothing() -> None:
    base = (KEEPS, LISTED, ANN)
    for listed, percent, verdict in ((90, 10, "pass"), (90, 9, "not_evaluated"), (5, 10, "not_evaluated")):
        now = CHECK.but(listed=listed, checked=listed)
        result = check(checked, *(each.build() for each in (*base, OLDER, now)), limits={"fall_percent": percent})
        assert result.verdict.value == verdict
    fewer = CHECK.but(listed=5, checked=5)
    result = check(checked, *(each.build() for each in (*base, OLDER, fewer)))
    assert "held 100 records on 2026-10-11, and 5 on 2026-11-11" in _reason(result)


def test_the_register_says_which_source_starts_a_job() -> None:
    assert RUNS_AS.partition(":")[0] == SYSTEMS.source


@pytest.mark.parametrize(
    ("target", "deviations"),
    [("Orders", 1), (" orders ", 1), ("\uff4frders", 1), ("orders  of the shop", 0), ("orders-2", 0), ("ledger", 0)],
)
def test_two_names_that_differ_by_blanks_and_case_are_one_system(target: str, deviations: int) -> None:
    assert check(agree, AGREED.but(target_system=target).build()).deviations == deviations


def test_blanks_within_a_name_make_no_other_name() -> None:
    one = AGREED.but(source_system="orders in acme-prod", target_system="Orders in  acme-prod")
    assert check(agree, one.build()).deviations == 1
