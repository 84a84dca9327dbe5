"""Amazon Bedrock's log of what models are asked."""

from pathlib import Path
from typing import Any

import pytest
from aws_reading import ACCOUNT, REGION, load, only, told

from soc2test import PromptLog
from soc2test_plugins.aws.kinds import BedrockLog, LogGroup

CALL = "bedrock get-model-invocation-logging-configuration"
FILE = "bedrock.get-model-invocation-logging-configuration"
GROUP = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/prompts"


def logging(**more: Any) -> dict[str, Any]:
    group = {"logGroupName": "/prompts", "roleArn": f"arn:aws:iam::{ACCOUNT}:role/bedrock"}
    return {"loggingConfig": {"cloudWatchConfig": group, "textDataDeliveryEnabled": True, **more}}


def test_prompts_go_to_a_group_of_logs() -> None:
    assert told(CALL, logging()) == {"texts": True, "log_store": GROUP}


def test_texts_may_be_left_out() -> None:
    assert told(CALL, logging(textDataDeliveryEnabled=False))["texts"] is False


@pytest.mark.parametrize("body", [{}, {"loggingConfig": None}])
def test_nothing_is_recorded_where_nothing_is_set(body: Any) -> None:
    assert told(CALL, body) == {"texts": False, "log_store": None}


@pytest.mark.parametrize("value", ["true", None, 1])
def test_a_switch_that_is_none_is_unknown(value: Any) -> None:
    assert "texts" not in told(CALL, logging(textDataDeliveryEnabled=value))


def test_a_switch_that_is_left_out_is_unknown() -> None:
    body = logging()
    del body["loggingConfig"]["textDataDeliveryEnabled"]
    assert told(CALL, body) == {"log_store": GROUP}


@pytest.mark.parametrize("group", [None, {}, {"logGroupName": ""}, {"logGroupName": 7.5}])
def test_a_bucket_alone_does_not_tell_how_long_it_keeps(group: Any) -> None:
    assert told(CALL, logging(cloudWatchConfig=group, s3Config={"bucketName": "b"})) == {"texts": True}


def test_an_empty_output_says_that_it_is_off(tmp_path: Path) -> None:
    found = only(load(tmp_path, {FILE: None}), PromptLog)
    assert (found.id, found.texts, found.log_store) == (f"{ACCOUNT}/{REGION}/bedrock", False, None)


def test_a_group_that_no_list_holds_is_a_gap_of_the_groups(tmp_path: Path) -> None:
    inventory = load(tmp_path, {FILE: logging(), "logs.describe-log-groups": {"logGroups": []}})
    assert only(inventory, BedrockLog).log_store == GROUP
    assert inventory.gaps(LogGroup)
