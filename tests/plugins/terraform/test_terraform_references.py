"""Which resource belongs to which: by value, by what the configuration refers to, over modules and instances."""

from pathlib import Path
from typing import Any

import pytest
from terraform_reading import Made, every, load, made, plan, state

from soc2test import DataStore, UnknownFact

BUCKET = "aws_s3_bucket"
BLOCK = "aws_s3_bucket_public_access_block"
SHUT = {
    "block_public_acls": True, "block_public_policy": True, "ignore_public_acls": True, "restrict_public_buckets": True,
}  # fmt: skip
LATER = ("id", "arn", "acl", "grant", "policy", "versioning", "logging", "server_side_encryption_configuration")


def bucket(name: str = "a", **after: Any) -> Made:
    return made(f"{BUCKET}.{name}", {"bucket": f"acme-{name.partition('[')[0]}", **after}, LATER)


def block(name: str, *refs: str, **more: Any) -> Made:
    return made(f"{BLOCK}.{name}", SHUT, ["id", "bucket"], refs={"bucket": refs}, **more)


def publics(tmp_path: Path, body: Any) -> dict[str, Any]:
    """What is known of each bucket: is it public? None where nothing is."""
    found: dict[str, Any] = {}
    for each in every(load(tmp_path, body), DataStore):
        try:
            found[each.id.rpartition("/")[2]] = each.public
        except UnknownFact:
            found[each.id.rpartition("/")[2]] = None
    return found


@pytest.mark.parametrize(
    "refs", [("aws_s3_bucket.a.id", "aws_s3_bucket.a"), ("aws_s3_bucket.a.bucket", "aws_s3_bucket.a")]
)
def test_by_reference(tmp_path: Path, refs: Any) -> None:
    body = plan(bucket("a"), bucket("b"), block("a", *refs))
    assert publics(tmp_path, body) == {f"{BUCKET}.a": False, f"{BUCKET}.b": None}


def test_by_value(tmp_path: Path) -> None:
    body = plan(bucket("a"), bucket("b"), made(f"{BLOCK}.x", {"bucket": "acme-b", **SHUT}))
    assert publics(tmp_path, body) == {f"{BUCKET}.a": None, f"{BUCKET}.b": False}


def test_by_value_in_a_state(tmp_path: Path) -> None:
    shut = (f"{BLOCK}.x", {"bucket": "acme-a", **SHUT})
    open_ = {"acl": None, "grant": [{"uri": "http://acs.amazonaws.com/groups/global/AllUsers"}], "policy": ""}
    buckets = [(f"{BUCKET}.{name}", {"id": f"acme-{name}", "bucket": f"acme-{name}", **open_}) for name in "ab"]
    assert publics(tmp_path, state(*buckets, shut)) == {f"{BUCKET}.a": False, f"{BUCKET}.b": True}


@pytest.mark.parametrize("refs", [("each.key",), ("each.value.id", "each.value")])
def test_by_key_of_for_each(tmp_path: Path, refs: Any) -> None:
    own = [f"{BUCKET}.a", *refs] if "each.key" in refs else refs
    config = {"for_each_expression": {"references": [f"{BUCKET}.a"]}}
    body = plan(bucket('a["x"]'), bucket('a["y"]'), block('b["x"]', *own, config=config))
    assert publics(tmp_path, body) == {f'{BUCKET}.a["x"]': False, f'{BUCKET}.a["y"]': None}


def test_by_index(tmp_path: Path) -> None:
    body = plan(bucket("a[0]"), bucket("a[1]"), block("b", f"{BUCKET}.a[1].id", f"{BUCKET}.a[1]", f"{BUCKET}.a"))
    assert publics(tmp_path, body) == {f"{BUCKET}.a[0]": None, f"{BUCKET}.a[1]": False}


def test_one_of_several_instances_is_not_known(tmp_path: Path) -> None:
    body = plan(bucket("a[0]"), bucket("a[1]"), block("b", f"{BUCKET}.a"))
    assert publics(tmp_path, body) == {f"{BUCKET}.a[0]": None, f"{BUCKET}.a[1]": None}


def test_by_another_resource_beside_the_bucket(tmp_path: Path) -> None:
    policy = made("aws_s3_bucket_policy.p", {"policy": "{}"}, ["bucket"], refs={"bucket": [f"{BUCKET}.a.id"]})
    body = plan(bucket("a"), policy, block("b", "aws_s3_bucket_policy.p.bucket", "aws_s3_bucket_policy.p"))
    assert publics(tmp_path, body) == {f"{BUCKET}.a": False}


def test_resources_that_name_each_other_end(tmp_path: Path) -> None:
    one, other = block("b", f"{BLOCK}.c.bucket"), block("c", f"{BLOCK}.b.bucket")
    assert publics(tmp_path, plan(bucket("a"), one, other)) == {f"{BUCKET}.a": None}


def test_what_a_block_belongs_to_may_be_unknown(tmp_path: Path) -> None:
    body = plan(bucket("a"), block("b", "local.bucket"))
    assert publics(tmp_path, body) == {f"{BUCKET}.a": None}


def in_module(change: Made, module: str) -> dict[str, Any]:
    return {**change[0], "address": f"{module}.{change[0]['address']}", "module_address": module}


def modules(calls: dict[str, Any], root: list[Made], *inner: dict[str, Any]) -> dict[str, Any]:
    body = plan(*root)
    body["resource_changes"] += inner
    body["configuration"]["root_module"]["module_calls"] = calls
    return body


def test_a_module_s_output(tmp_path: Path) -> None:
    one = bucket("this")
    calls = {
        "store": {
            "module": {"outputs": {"id": {"expression": {"references": [f"{BUCKET}.this.id"]}}}, "resources": [one[1]]}
        }
    }
    root = [block("b", "module.store.id", "module.store")]
    body = modules(calls, root, in_module(one, "module.store"))
    assert publics(tmp_path, body) == {f"module.store.{BUCKET}.this": False}


def test_a_module_s_variable(tmp_path: Path) -> None:
    one = block("this", "var.bucket")
    call = {
        "expressions": {"bucket": {"references": [f"{BUCKET}.a.id", f"{BUCKET}.a"]}},
        "module": {"resources": [one[1]]},
    }
    body = modules({"guard": call}, [bucket("a"), bucket("b")], in_module(one, "module.guard"))
    assert publics(tmp_path, body) == {f"{BUCKET}.a": False, f"{BUCKET}.b": None}


def test_instances_of_a_module_keep_to_themselves(tmp_path: Path) -> None:
    one, other = bucket("this"), block("this", f"{BUCKET}.this.id", f"{BUCKET}.this")
    calls = {"store": {"module": {"resources": [one[1], other[1]]}}}
    inner = [
        in_module(one, 'module.store["x"]'),
        in_module(one, 'module.store["y"]'),
        in_module(other, 'module.store["x"]'),
    ]
    body = modules(calls, [], *inner)
    assert publics(tmp_path, body) == {
        f'module.store["x"].{BUCKET}.this': False,
        f'module.store["y"].{BUCKET}.this': None,
    }
