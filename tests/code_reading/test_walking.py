"""Trees gone over and copied in our own way say the same as by the standard library."""

import ast
from pathlib import Path

import pytest

from soc2test.code_reading.walking import copied, walk

FILES = sorted((Path(__file__).parents[2] / "soc2test").rglob("*.py"))[::20]


@pytest.mark.parametrize("file", FILES[:20], ids=lambda file: file.stem)
def test_nodes_come_in_the_order_of_the_standard_library(file: Path) -> None:
    tree = ast.parse(file.read_bytes())
    assert list(map(id, walk(tree))) == list(map(id, ast.walk(tree)))


def test_a_copy_says_the_same_and_shares_no_node() -> None:
    tree = ast.parse(FILES[0].read_bytes())
    copy = copied(tree)
    assert ast.dump(copy, include_attributes=True) == ast.dump(tree, include_attributes=True)
    shared = set(map(id, ast.walk(copy))) & set(map(id, ast.walk(tree)))
    marks = {id(node) for node in ast.walk(tree) if isinstance(node, ast.expr_context | ast.operator | ast.cmpop)}
    assert not shared - marks


def test_what_is_added_to_a_copy_is_not_in_the_first() -> None:
    tree = ast.parse("def check(x):\n    assert x\n")
    copied(tree).body[0].body.append(ast.Pass())  # type: ignore[attr-defined]
    assert len(tree.body[0].body) == 1  # type: ignore[attr-defined]
