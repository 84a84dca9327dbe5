"""The schedules of AWS: how far apart two starts lie."""

import pytest
from aws_reading import known, read

from soc2test import UnknownFact
from soc2test_plugins.aws.cron import longest_gap_hours


@pytest.mark.parametrize(
    ("expression", "hours"),
    [
        ("cron(0 5 ? * * *)", 24),
        ("15 * ? * * *", 1),  # the two examples of AWS Backup's own reference
        ("0 12 * * ? *", 24),
        ("cron(0 1/6 ? * * *)", 6),
        ("cron(0 0/5 ? * * *)", 5),
        ("cron(0,30 8-17 ? * MON-FRI *)", 62.5),
        ("cron(0 5 ? * SUN,wed *)", 96),
        ("cron(0 5 ? * 2 *)", 168),
        ("cron(0 5 20 * ? *)", 744),
        ("cron(0 5 L * ? *)", 744),
        ("cron(0 5 15W * ? *)", 744),
        ("cron(0 5 ? * 6#3 *)", 744),
        ("cron(0 5 1 JAN,JUL ? *)", 184 * 24),
        ("cron(0/15 * * * ? *)", 0.25),
        (" cron(0 5 * * ? *) ", 24),
    ],
)
def test_the_longest_time_between_two_starts(expression: str, hours: float) -> None:
    assert longest_gap_hours(expression) == hours


@pytest.mark.parametrize(
    "expression",
    [
        "", "x", "cron()", "rate(12 hours)", "cron(0 5 * * *)", "cron(0 5 ? * * 2027)", "cron(0 25 ? * * *)",
        "cron(0 5 ? * 8 *)", "cron(0 5 ? * * *", "cron(0 5 ? * FUNDAY *)", "cron(0/0 5 ? * * *)", "cron(5- 5 ? * * *)",
        "cron(0 5 31 FEB ? *)", "cron(0 5 29 FEB ? *)", "cron(0 9-5 ? * * *)",
    ],
)  # fmt: skip
def test_what_is_not_read_is_unknown(expression: str) -> None:
    with pytest.raises(UnknownFact):
        longest_gap_hours(expression)


def test_a_plan_runs_as_often_as_the_rule_that_runs_most() -> None:
    rules = [{"ScheduleExpression": "cron(0 5 20 * ? *)"}, {"ScheduleExpression": "cron(0 5 ? * * *)"}, {}]
    (said,) = read("backup get-backup-plan", {"BackupPlan": {"Rules": rules}}, plan="p")
    assert said.told["interval_hours"] == 24
    (by_hand,) = read("backup get-backup-plan", {"BackupPlan": {"Rules": [{}]}}, plan="p")
    assert "interval_hours" not in known(by_hand)
