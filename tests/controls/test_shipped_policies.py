"""What the tests compile once is the very text that stands in the files, and no other file's."""

import warnings
from pathlib import Path

import pytest
from shipped_policies import SHIPPED, compile_once

from soc2test.controls import packs

SOURCE = '''
from soc2test import control
from soc2test.resources.kinds import Identity

@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_people(person: Identity):
    """People are {}."""
    assert {}
'''


def test_a_changed_file_is_another_text() -> None:
    compile_once()
    path = next(path for path in SHIPPED.rglob("*.py") if path.parent != SHIPPED)
    names = [
        vars(packs)["compile"](source, str(path), "exec", dont_inherit=True).co_names
        for source in (b"import one", b"import two", path.read_bytes())
    ]
    assert names[:2] == [("one",), ("two",)]
    assert names[2] == compile(path.read_bytes(), str(path), "exec", dont_inherit=True).co_names


def test_a_file_of_another_folder_is_compiled_as_the_product_does(tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    own = tmp_path / "policies/own.py"
    own.write_text(SOURCE.format("first", "person.mfa"))
    assert len(packs.load_pack("soc2test_programme_policies", own.parent).files) == 1
    own.write_text(SOURCE.format("second", '(person.mfa, "bad")'))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pack = packs.load_pack("soc2test_programme_policies", own.parent)
    (broken,) = pack.broken
    assert "always true" in str(broken.error)


@pytest.mark.parametrize("options", [{}, {"dont_inherit": True, "optimize": 1}])
def test_other_ways_to_compile_are_left_alone(options: dict[str, object]) -> None:
    path = next(path for path in SHIPPED.rglob("*.py") if path.parent != SHIPPED)
    assert vars(packs)["compile"](b"1", str(path), "eval", **options).co_filename == str(path)
