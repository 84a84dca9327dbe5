"""What one case changes never meets the next one."""

import shutil
from pathlib import Path

import pytest
from shared_base import SharedBase


@pytest.fixture
def base(tmp_path: Path) -> SharedBase:
    original = tmp_path / "original"
    for name in ("soc2.yaml", "exports/a/one.json", "exports/a/two.json", "exports/b/c/three.json"):
        (original / name).parent.mkdir(parents=True, exist_ok=True)
        (original / name).write_text(name)
    return SharedBase(original, tmp_path / "copy")


def contents(root: Path) -> dict[str, bytes | None]:
    return {str(path.relative_to(root)): None if path.is_dir() else path.read_bytes() for path in root.rglob("*")}


def overwrite(root: Path) -> None:
    (root / "soc2.yaml").write_text("SOC2.YAML")  # of the same size


def replace(root: Path) -> None:
    shutil.rmtree(root / "exports")
    (root / "exports/b").mkdir(parents=True)
    (root / "exports/b/c").write_text("a file where a folder was")


def rename(root: Path) -> None:
    (root / "exports/a/one.json").rename(root / "exports/a/other.json")


def swap(root: Path) -> None:
    (root / "exports/a").rename(root / "exports/d")
    (root / "exports/b").rename(root / "exports/a")


def add(root: Path) -> None:
    (root / "exports/new/deep").mkdir(parents=True)
    (root / "exports/new/deep/file.json").write_text("{}")
    (root / "exports/link").symlink_to(root / "exports/a", target_is_directory=True)


@pytest.mark.parametrize("change", [overwrite, replace, rename, swap, add])
def test_whatever_was_changed_is_put_back(base: SharedBase, change: object) -> None:
    assert callable(change)
    for _ in range(2):
        with base.lent() as root:
            change(root)
            assert contents(root) != contents(base.original)
        assert contents(base.root) == contents(base.original)


def test_a_case_that_fails_leaves_nothing(base: SharedBase) -> None:
    with pytest.raises(AssertionError, match="wrong"), base.lent() as root:
        overwrite(root)
        raise AssertionError("wrong")
    assert contents(base.root) == contents(base.original)
