"""Totals of two systems for each run of a job."""

from soc2test import Facts, Item, Reconciliation, Subject, facts
from soc2test_plugins.registers.source import register, time_or_none


@register("reconciliations", Reconciliation)
def reconciliation(item: Item, at: Subject) -> Facts:
    told = facts(
        item["id"],
        job=item["job"],
        output=item["output"],
        run_due=item.time("run_due"),
        done_at=item.time("done_at"),
        done_by=item.or_else("done_by", None),
        source_system=item["source_system"],
        source_count=item["source_count"],
        source_total=item.or_else("source_total", None),
        target_system=item["target_system"],
        target_count=item["target_count"],
        target_total=item.or_else("target_total", None),
        explanation=item.or_else("explanation", None),
        explained_by=item.or_else("explained_by", None),
        explained_at=time_or_none(item, "explained_at"),
    )
    return told.shown_by(
        item.document("document"),
        "job", "output", "run_due", "done_at", "done_by", "source_system", "source_count", "source_total",
        "target_system", "target_count", "target_total", "explanation", "explained_by", "explained_at",
    )  # fmt: skip
