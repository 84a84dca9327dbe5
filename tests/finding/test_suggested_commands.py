"""The commands that are suggested to people: what an export names in them stays one word, whatever it is."""

import subprocess
from pathlib import Path

import pytest
from exporting import Store, load

from soc2test import Facts, Item, Source, Subject, UnknownFact, facts, unpaged
from soc2test.finding.suggested import command
from soc2test.finding.unexported import unexported
from soc2test.resources.kinds import DataStore
from soc2test.sources.operation import Operation

HOSTILE = [
    "$(touch pwned)", "`touch pwned`", "; touch pwned", "a b", "it's", 'say "hi"', "a\\", "$HOME", "!!", "a\nb", "*", "~",
    "'; touch pwned; '", '"; touch pwned; "', "&& touch pwned", "\\", "''", "a'b\"c$(touch pwned)`touch pwned`\\",
]  # fmt: skip
TEMPLATES = {
    "printf [%s] {store}": "[{}]",
    'printf "[%s]" "x/{store}/y"': "[x/{}/y]",
    "printf '[%s]' 'x/{store}/y'": "[x/{}/y]",
    "printf [%s] --name={store}": "[--name={}]",
    'printf [%s] "it\'s {store}"': "[it's {}]",
    "printf [%s] 'say \"hi\" {store}'": '[say "hi" {}]',
    'printf [%s] \\"{store}': '["{}]',
    'printf [%s] "a\\"{store}"': '[a"{}]',
}


def call(template: str) -> Operation:
    source = Source("any", scope=("org",))

    @source.reads("stores get", kind=DataStore, subject="store", command=template)
    def store(body: Item, at: Subject) -> Facts:
        return facts(at["store"])

    return source.operations["stores get"]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_name_is_one_word_to_the_shell(template: str, name: str, tmp_path: Path) -> None:
    text = command(call(template), {"store": name})
    done = subprocess.run(["bash", "-c", text], capture_output=True, text=True, cwd=tmp_path, timeout=20, check=True)
    assert done.stdout == TEMPLATES[template].format(name)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "name", ["acme-logs", "arn:aws:x:eu-west-1:012345678901:lb/app/a", "ann@acme.example", "a=b,c+d%2F"]
)
def test_an_ordinary_name_stands_as_it_is(name: str) -> None:
    assert command(call('x --store {store} "u/{store}"'), {"store": name}) == f'x --store {name} "u/{name}"'


@pytest.mark.parametrize(
    ("name", "written"), [("acme/web", "acme%2Fweb"), ("a b?c=#", "a%20b%3Fc%3D%23"), ("$(x)`y`'\"", "%24%28x%29%60y%60%27%22")]
)
def test_a_name_in_a_path_is_percent_encoded_where_the_template_says_so(name: str, written: str) -> None:
    assert command(call('x "u/{store:url}/y"'), {"store": name}) == f'x "u/{written}/y"'
    assert command(call("x {store:url}"), {}) == "x STORE"


def test_what_is_not_known_stands_in_capitals_and_the_operation_as_it_is_called() -> None:
    assert command(call("x {operation} {store} {{a}}"), {"store": ""}) == "x stores get STORE {a}"
    assert command(call("x {store} {number}"), {"number": 7}) == "x STORE 7"


def test_a_bucket_s_name_reaches_the_reason_quoted(tmp_path: Path) -> None:
    shop = Source("shop", scope=("org",), command="shop {operation}")

    @shop.reads("stores list", kind=Store, items="", lists=True, paging=unpaged)
    def store(item: Item, at: Subject) -> Facts:
        return facts(item["name"], name=item["name"])

    @shop.reads("stores get-tags", kind=Store, subject="store", command="shop tags {store}")
    def tags(body: Item, at: Subject) -> Facts:
        return facts(at["store"], owner=body["owner"])

    loaded = load(tmp_path, {"shop/one/stores.list.json": [{"name": "$(reboot)"}]}, shop)
    (found,) = loaded.inventory.members(Store)
    with pytest.raises(UnknownFact, match="owner") as caught:
        _ = found.owner  # type: ignore[attr-defined]
    assert "export `shop tags '$(reboot)'`" in str(caught.value)


def test_of_what_people_write_by_hand_the_format_is_named_where_there_is_one() -> None:
    desk = Source("desk", paging=unpaged)
    for name, schema in (("keys", lambda: {"type": "object"}), ("doors", None)):

        @desk.reads(name, kind=DataStore, command=f"desk/{name}.yaml", schema=schema)
        def read(body: Item, at: Subject) -> Facts:
            return facts("x")

    keys, doors = (unexported(desk, operation, {}) for operation in desk.operations.values())
    assert str(keys) == "write exports/desk/keys.yaml (`soc2test schema keys` prints its format)"
    assert str(doors) == "write exports/desk/doors.yaml"
