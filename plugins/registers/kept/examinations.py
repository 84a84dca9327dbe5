"""Examinations, what they found, exercises, and who looked at the results of tests."""

from soc2test import AuditFinding, Examination, Exercise, Facts, Item, ResultReview, Subject, facts
from soc2test_plugins.registers.source import register, time_or_none


@register("examinations", Examination)
def examination(item: Item, at: Subject) -> Facts:
    report = item.document("report_document")
    told = facts(
        item["id"],
        category=item["category"],
        planned_for=item.time("planned_for"),
        examiner_email=item["examiner_email"],
        scope=item["scope"],
        started_at=item.time("started_at"),
        finished_at=item.time("finished_at"),
        reported_at=item.time("reported_at"),
        received_by=item["received_by"],
        received_at=item.time("received_at"),
        report=None if report is None else report.file,
        findings=item["findings"],
        severe_findings=item["severe_findings"],
    )
    # by which day the plan wanted it, and who took it here, stand in no report of somebody else
    return told.shown_by(
        report,
        "category", "examiner_email", "scope", "started_at", "finished_at", "reported_at", "report", "findings",
        "severe_findings",
    )  # fmt: skip


@register("audit_findings", AuditFinding)
def audit_finding(item: Item, at: Subject) -> Facts:
    return facts(
        item["id"],
        found_by=item["found_by"],
        severity=item["severity"],
        found_at=item.time("found_at"),
        owner_email=item["owner_email"],
        due_at=item.time("due_at"),
        reported_to=item["reported_to"],
        reported_at=item.time("reported_at"),
        escalated_to=item.or_else("escalated_to", None),
        escalated_at=time_or_none(item, "escalated_at"),
        fix=item["fix"],
        fixed_by=item["fixed_by"],
        fixed_at=item.time("fixed_at"),
        retested_by=item["retested_by"],
        retested_at=item.time("retested_at"),
        closed_at=item.time("closed_at"),
    )


@register("result_reviews", ResultReview)
def result_review(item: Item, at: Subject) -> Facts:
    page = item.document("document")
    told = facts(
        item["id"],
        run_at=item.time("run_at"),
        run_by=item["run_by"],
        matrix_sha256=item["matrix_sha256"],
        deviations=item["deviations"],
        reviewed_by=item["reviewed_by"],
        reviewed_at=item.time("reviewed_at"),
        decision=item["decision"],
        document=None if page is None else page.file,
    )
    return told.shown_by(
        page, "run_at", "matrix_sha256", "deviations", "reviewed_by", "reviewed_at", "decision", "document"
    )


@register("exercises", Exercise)
def exercise(item: Item, at: Subject) -> Facts:
    record = item.document("document")
    told = facts(
        item["id"],
        category=item["category"],
        scenario=item["scenario"],
        held_at=item.time("held_at"),
        led_by=item["led_by"],
        participants=item["participants"],
        plans=item["plans"],
        downtime_hours=item["downtime_hours"],
        document=None if record is None else record.file,
        findings=item["findings"],
    )
    return told.shown_by(
        record,
        "category", "scenario", "held_at", "led_by", "participants", "plans", "downtime_hours", "document", "findings",
    )  # fmt: skip
