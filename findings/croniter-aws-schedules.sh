#!/bin/sh
# croniter 7.0.0: a schedule of AWS (EventBridge, AWS Backup) is read as another one, without a word.
#
# Expected: cron(0 5 ? * 1 *) is refused for its sixth field or its "?", or read as AWS means it: each Sunday at 05:00 (the
#   sixth field is the year, and days of the week begin with 1 for Sunday: "Schedule types", EventBridge user guide).
# Seen (croniter 7.0.0, Python 3.11): "0 5 ? * 1 *" is valid and runs each second from 05:00:00 to 05:00:59 on Mondays: the
#   sixth field is taken for seconds, 1 for Monday. With a year in it ("2026") it is refused. Who reads from a backup plan
#   how often copies are made counts 60 a week, and expects them on the wrong day.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check croniter==7.0.0
"$work/venv/bin/python" - <<'PY'
from datetime import datetime
from itertools import islice

from croniter import croniter

aws = "0 5 ? * 1 *"
assert croniter.is_valid(aws), "it is refused now"
runs = list(islice(croniter(aws, datetime(2026, 11, 28)).all_next(datetime), 61))
print(runs[0], runs[1], runs[59], runs[60])
assert (runs[0], runs[1]) == (datetime(2026, 11, 30, 5, 0, 0), datetime(2026, 11, 30, 5, 0, 1)), "read otherwise now"
assert runs[0].strftime("%A") == "Monday"
assert runs[60] == datetime(2026, 12, 7, 5, 0, 0)
assert not croniter.is_valid("0 5 ? * 1 2026")
PY
