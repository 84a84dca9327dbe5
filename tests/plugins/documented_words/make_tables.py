"""Writes `plugins/*/documented_words.json`: the words that vendors document for what our reading functions read.

    cd tests/plugins && ../../.venv/bin/python -m documented_words.make_tables [FOLDER]

It fetches the pinned packages of `vendors.py` from PyPI (`pip download`) and npm (`npm pack`) into FOLDER, by default a
temporary one, unpacks them and reads the vendors' descriptions in them; nothing of them runs, and nothing is installed.
Which leaves are read is seen by reading the exports of `corpus.py` with objects that note what they are asked for. Of
those the ones are written for which the vendor's description has an enumeration; no word is written by hand. It is no
part of `make test`, which reads the tables alone: run it when a reading function reads more, or a package is newer.
"""

import json
import subprocess
import sys
import tarfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path as File
from tempfile import TemporaryDirectory
from typing import Any

from documented_words.corpus import GIVEN, ROOT, SOURCES, exports
from documented_words.schema_node import enumeration_at
from documented_words.vendors import LISTS, NOT_HAD, PACKAGES, Package, answer_of

from soc2test.proving.words.judging import judge_leaf
from soc2test.proving.words.paths import Entries, Path, text_of
from soc2test.proving.words.reading import Places, places_read

ABOUT = (
    "What the vendor documents for leaves that the plugin reads: operation -> leaf -> words. Made by "
    "tests/plugins/documented_words/make_tables.py; no word is written by hand."
)


def main(folder: File) -> None:
    """Fetch, read, write."""
    unpacked = {package: _unpacked(package, folder) for package in PACKAGES}
    tables: dict[str, dict[str, Any]] = {}
    for source, vendor in LISTS.items():
        table = tables.setdefault(vendor.plugin, _empty())
        table["sources"][source] = _of_source(source, unpacked, table)
    for plugin, not_had in NOT_HAD.items():
        tables.setdefault(plugin, _empty())["not_had"] = not_had
    for plugin, table in tables.items():
        file = ROOT / "plugins" / plugin / "documented_words.json"
        file.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _empty() -> dict[str, Any]:
    return {"about": ABOUT, "packages": {}, "not_had": {}, "not_described": {}, "sources": {}}


def _of_source(source: str, unpacked: Mapping[Package, File], table: dict[str, Any]) -> dict[str, Any]:
    operations: dict[str, Any] = {}
    undescribed: list[str] = []
    for operation, seen in sorted(_read(source).items()):
        roots, package = answer_of(unpacked, source, operation)
        if not roots or package is None:
            undescribed.append(operation)
            continue
        leaves = {}
        for path in _leaves(seen.asked | seen.passed):
            enumeration = enumeration_at(roots, path)
            if enumeration is not None and (path in seen.asked or _matters(source, operation, path, enumeration.words)):
                leaves[text_of(path)] = {"words": list(enumeration.words), "file": enumeration.file}
                table["packages"][package.name] = str(package)
        if leaves:
            operations[operation] = {"package": package.name, "leaves": leaves}
    if undescribed:
        table["not_described"][source] = undescribed
    return operations


def _matters(source: str, operation: str, path: Path, words: Sequence[str]) -> bool:
    """Whether a word makes a difference in one of the exports."""
    return any(
        set(judged.classes.values()) != {"decides nothing"}
        for evidence in exports()
        if (evidence.source, evidence.operation) == (source, operation)
        for judged in judge_leaf(GIVEN, SOURCES[source].operations[operation], evidence, path, words)
    )


def _read(source: str) -> dict[str, Places]:
    """Operation -> the places that reading comes by."""
    found: dict[str, Places] = defaultdict(Places)
    for evidence in exports():
        if evidence.source == source:
            operation = SOURCES[source].operations[evidence.operation]
            seen = places_read(GIVEN, operation, evidence, LISTS[source].kinds)
            found[operation.name].asked |= seen.asked
            found[operation.name].passed |= seen.passed
    return found


def _leaves(paths: Iterable[Path]) -> Iterable[Path]:
    """The places, and the entries of what may be lists of words."""
    return sorted({leaf for path in paths for leaf in (path, (*path, Entries()))}, key=text_of)


def _unpacked(package: Package, folder: File) -> File:
    """The files of a package, fetched where they are not there yet."""
    target = folder / f"{package.name.replace('/', '-').lstrip('@')}-{package.version}"
    if not target.is_dir():
        archive = _fetched(package, folder)
        if archive.suffix == ".whl":
            zipfile.ZipFile(archive).extractall(target)  # noqa: S202  # of a registry, and nothing of it runs
        else:
            with tarfile.open(archive) as files:
                files.extractall(target, filter="data")
    return target


def _fetched(package: Package, folder: File) -> File:
    before = set(folder.iterdir())
    if package.registry == "npm":
        command = ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    else:
        command = [
            sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:",
            f"{package.name}=={package.version}",
        ]  # fmt: skip
    subprocess.run(command, cwd=folder, check=True)
    (archive,) = set(folder.iterdir()) - before
    return archive


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(File(sys.argv[1]))
    else:
        with TemporaryDirectory() as temporary:
            main(File(temporary))
