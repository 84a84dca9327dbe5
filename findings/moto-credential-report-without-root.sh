#!/bin/sh
# moto 5.2.5: the credential report has no row of the root account.
#
# Expected: the first row is <root_account>, as in every report of AWS ("Getting credential reports for your AWS account",
#   IAM User Guide): what is tested against moto sees the root's keys and second factor.
# Seen (moto 5.2.5, boto3 1.44.8, Python 3.11): a row for each user and none for the root, while get-account-summary of the
#   same account tells AccountMFAEnabled and AccountAccessKeysPresent. A test of the root over such a report examines
#   nothing.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check 'moto[iam]==5.2.5' boto3==1.44.8
AWS_ACCESS_KEY_ID=none AWS_SECRET_ACCESS_KEY=none AWS_DEFAULT_REGION=us-east-1 "$work/venv/bin/python" - <<'PY'
import boto3
from moto import mock_aws

with mock_aws():
    iam = boto3.client("iam")
    iam.create_user(UserName="ann")
    while iam.generate_credential_report()["State"] != "COMPLETE":
        pass
    rows = iam.get_credential_report()["Content"].decode().splitlines()
    summary = iam.get_account_summary()["SummaryMap"]
users = [row.split(",")[0] for row in rows[1:]]
print(users, {key: summary[key] for key in ("AccountMFAEnabled", "AccountAccessKeysPresent")})
assert users == ["ann"], "the root account has a row now"
PY
