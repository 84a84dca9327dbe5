"""The credential report: base64, plain text in JSON, CSV."""

import base64
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aws_reading import ACCOUNT, REGION, every, gap_codes, known, load, load_folder, read

from soc2test import UnknownFact
from soc2test_plugins.aws import AccessKey, IamRoot, IamUser, RootAccessKey, SigningCertificate

HEAD = (
    "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,"
    "mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,"
    "access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,"
    "access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,"
    "cert_2_last_rotated"
)
ROOT = (
    "<root_account>,arn:aws:iam::111122223333:root,2021-03-01T09:14:20+00:00,not_supported,no_information,"
    "not_supported,not_supported,true,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A"
)
ANN = (
    "ann,arn:aws:iam::111122223333:user/staff/ann,2022-05-02T08:00:00+00:00,true,2026-11-19T08:55:12+00:00,"
    "2026-09-14T08:40:27+00:00,N/A,true,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A"
)
CI = (
    "ci,arn:aws:iam::111122223333:user/ci,2023-02-06T13:02:51+00:00,false,N/A,N/A,N/A,false,"
    "true,2026-10-05T09:12:44+00:00,2026-11-20T07:41:00+00:00,eu-west-1,s3,"
    "false,2024-01-01T00:00:00+00:00,N/A,N/A,N/A,false,N/A,false,N/A"
)
OPERATION = "iam get-credential-report"


def report(*rows: str, encode: bool = True) -> dict[str, str]:
    text = "\n".join([HEAD, *rows])
    content = base64.b64encode(text.encode()).decode() if encode else text
    return {"Content": content, "ReportFormat": "text/csv", "GeneratedTime": "2026-11-20T07:58:11+00:00"}


@pytest.mark.parametrize("encode", [True, False])
def test_users_root_and_keys(encode: bool) -> None:
    root, ann, ci, key, old = read(OPERATION, report(ROOT, ANN, CI, encode=encode))
    assert (root.id, root.kind) == ("arn:aws:iam::111122223333:root", IamRoot)
    assert known(root) == {
        "name": "root", "password": True, "mfa": True, "active": True, "has_keys": False, "last_used_at": None,
        "created_at": datetime(2021, 3, 1, 9, 14, 20, tzinfo=UTC),
    }  # fmt: skip
    assert (ann.id, ann.kind) == ("arn:aws:iam::111122223333:user/ann", IamUser)
    assert known(ann) == {
        "name": "ann", "root": False, "password": True, "human": True, "mfa": True, "active": True, "way_in": True,
        "password_set_at": datetime(2026, 9, 14, 8, 40, 27, tzinfo=UTC),
        "created_at": datetime(2022, 5, 2, 8, tzinfo=UTC),
        "last_used_at": datetime(2026, 11, 19, 8, 55, 12, tzinfo=UTC),
    }  # fmt: skip
    assert not ci.told["human"]
    assert ci.told["active"]
    assert ci.told["last_used_at"] == datetime(2026, 11, 20, 7, 41, tzinfo=UTC)
    assert key.kind is AccessKey
    assert key.told["identity"] == ci.id
    assert key.told["active"]
    assert key.told["created_at"] == datetime(2026, 10, 5, 9, 12, 44, tzinfo=UTC)
    assert not old.told["active"]
    assert old.told["last_used_at"] is None


def test_a_user_without_password_and_keys_has_no_way_in() -> None:
    row = ANN.replace(",true,2026-11-19", ",false,2026-11-19")
    (ann,) = read(OPERATION, report(row))
    assert ann.told["way_in"] is False
    assert "active" not in ann.told  # it may hold a credential that the report does not show


def test_keys_of_the_root() -> None:
    row = ROOT.replace("true,false,N/A,N/A", "true,true,2018-11-23T16:01:14+00:00,N/A", 1)
    root, key = read(OPERATION, report(row))
    assert root.told["has_keys"]
    assert (key.kind, key.told["root"], key.told["active"]) == (RootAccessKey, True, True)


def test_a_member_account_whose_root_has_no_password() -> None:
    (root,) = read(OPERATION, report(ROOT.replace("not_supported,no_information", "false,no_information")))
    assert root.told["password"] is False
    assert root.told["active"] is False


def test_a_word_that_is_no_answer_leaves_the_fact_unknown() -> None:
    (ann,) = read(OPERATION, report(ANN.replace(",true,false,N/A", ",maybe,false,N/A", 1)))
    assert "mfa" not in known(ann)
    assert known(ann)["password"] is True


@pytest.mark.parametrize(
    "body",
    [
        {"ReportFormat": "text/csv"},
        {"Content": "%%%"},
        {"Content": base64.b64encode(b"\xff\xfe").decode()},
        {"Content": "user,user\nann,bob"},
        {"Content": 'user,arn\n"ann'},
    ],
)
def test_what_is_no_report_is_unreadable(body: dict[str, str]) -> None:
    with pytest.raises(UnknownFact) as caught:
        read(OPERATION, body)
    assert "ann" not in str(caught.value)


@pytest.mark.parametrize(
    "odd", ["bob", CI.replace("2026-10-05T09:12:44+00:00", "last autumn"), CI.replace("ci,", ",", 1)]
)
def test_an_odd_row_costs_itself_alone(odd: str, tmp_path: Path) -> None:
    inventory = load(tmp_path, {"iam.get-credential-report": report(ROOT, odd, ANN)})
    assert [each.name for each in every(inventory, IamUser) if each.id.endswith("/ann")] == ["ann"]
    assert gap_codes(inventory, AccessKey)


def test_a_report_without_the_columns_of_certificates_tells_the_rest(tmp_path: Path) -> None:
    content = "\n".join(line.rsplit(",", 4)[0] for line in (HEAD, ROOT, ANN))
    inventory = load(tmp_path, {"iam.get-credential-report": {"Content": content}})
    (ann,) = every(inventory, IamUser)
    assert ann.mfa


def test_more_keys_than_the_report_shows_are_a_gap(tmp_path: Path) -> None:
    head, row = HEAD + ",additional_credentials_info", CI + ",1 more: call ListAccessKeys"
    content = "\n".join([head, ROOT + ",N/A", row])
    inventory = load(tmp_path, {"iam.get-credential-report": {"Content": content}})
    assert gap_codes(inventory, AccessKey)
    assert not gap_codes(inventory, IamUser)


def test_a_signing_certificate_is_a_credential_that_ages() -> None:
    row = CI.removesuffix("false,N/A,false,N/A") + "true,2020-01-02T03:04:05+00:00,false,N/A"
    certificate = next(said for said in read(OPERATION, report(row)) if said.kind is SigningCertificate)
    assert known(certificate)["active"] is True
    assert known(certificate)["created_at"] == datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_a_csv_file_and_the_lists_agree(tmp_path: Path) -> None:
    below = tmp_path / "aws" / ACCOUNT / REGION
    below.mkdir(parents=True)
    (below / "iam.get-credential-report.csv").write_text("\n".join([HEAD, ROOT, ANN, CI]) + "\n")
    keys = [
        {
            "UserName": "ci",
            "AccessKeyId": "AKIAIOSFODNN7EXAMPLE",
            "Status": "Active",
            "CreateDate": "2026-10-05T09:12:44Z",
        },
        {
            "UserName": "ci",
            "AccessKeyId": "AKIAI44QH8DHBEXAMPLE",
            "Status": "Inactive",
            "CreateDate": "2024-01-01T00:00:00Z",
        },
    ]
    inventory = load(
        tmp_path,
        {"iam.list-access-keys.ci": {"AccessKeyMetadata": keys}, "iam.list-access-keys.ann": {"AccessKeyMetadata": []}},
    )
    for kind in (IamUser, IamRoot, AccessKey, RootAccessKey):
        assert gap_codes(inventory, kind) == set()
    assert [each.active for each in every(inventory, AccessKey)] == [False, True]
    assert not any("EXAMPLE" in each.id for each in every(inventory, AccessKey))


def test_a_report_saved_from_the_console_is_claimed_by_its_header(tmp_path: Path) -> None:
    (tmp_path / "status_reports.csv").write_text("\n".join([HEAD, ROOT, ANN]) + "\n")
    inventory = load_folder(tmp_path)
    assert [each.id for each in every(inventory, IamUser)] == ["arn:aws:iam::111122223333:user/ann"]
