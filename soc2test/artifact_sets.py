"""The artifacts of a report folder as one set: all of one run, or all of the next, whenever a run is killed.

A single file is replaced in one step; several are not. So, while a set is exchanged, each artifact is a link through
one common link (`.soc2-set`), and the exchange is the renaming of that one. Before and after it they are regular files.
Imports next to nothing: the artifacts of an earlier run are taken away before anything else is loaded.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

__all__ = [
    "BUILT_IN", "FIRST", "LISTS", "LISTS_INDEX", "OWN", "exchange", "foreign", "remember", "remembered", "stage",
    "sweep", "withdraw", "withdraw_lists",
]  # fmt: skip

FIRST = "matrix.json"
"""what everything else is held against: where artifacts can only be replaced one by one, it is the last"""

BUILT_IN = (FIRST, "matrix.md", "matrix.html", "junit.xml", "findings.ndjson", "controls.ndjson", "evidence.ndjson")
"""the artifacts of every run; a test holds them against the writers"""

OWN = ".soc2-"
"""how the names begin that the report folder needs itself"""

LISTS, LISTS_INDEX = "populations", "index.json"
"""the folder of the lists of populations, and the file in it that names what belongs to it"""

_JOURNAL = "journal.ndjson"
_SET, _NEXT, _INDEX = ".soc2-set", ".soc2-next", ".soc2-artifacts"
_STAGE = ".soc2-stage."
_RANDOM = re.compile(r"[a-z0-9_]{8}")
"""how names end that `tempfile` makes"""
_LONGEST = 1 << 16


def stage(folder: Path) -> Path:
    """A folder for the artifacts to come, beside those that are there. Raises `OSError`."""
    made = Path(tempfile.mkdtemp(prefix=_STAGE, dir=folder))
    made.chmod(0o755)  # while a set is exchanged, its files are read through here
    return made


def withdraw(folder: Path, names: Iterable[str] = ()) -> None:
    """Take away the artifacts of an earlier run, and its leftovers, before anything of this one happens.

    Raises `OSError` where something can't be removed; what is `foreign` is left alone.
    """
    known = {*BUILT_IN, *names, *remembered(folder)}
    exchange(folder, {}, [name for name in sorted(known) if not foreign(folder, name)])
    withdraw_lists(folder)
    journal = folder / _JOURNAL
    if journal.is_file() and not journal.is_symlink():
        journal.unlink()
    sweep(folder, known)


def withdraw_lists(folder: Path) -> None:
    """Take away the lists of an earlier run: what their index names, and nothing else. Raises `OSError`."""
    lists = folder / LISTS
    index = lists / LISTS_INDEX
    if lists.is_symlink() or index.is_symlink() or not index.is_file():
        return
    import json  # noqa: PLC0415  # a report folder that has lists pays for it

    try:
        named = json.loads(index.read_bytes())
    except ValueError:
        return
    if not isinstance(named, dict) or not str(named.get("schema")).startswith("populations/"):
        return
    for name in named.get("files", ()):
        if isinstance(name, str) and "/" not in name and (lists / name).is_file():
            (lists / name).unlink()
    index.unlink()
    with suppress(OSError):  # something else lies in it
        lists.rmdir()


def foreign(folder: Path, name: str) -> bool:
    """True where something has the name of an artifact and is none: a folder, a pipe, a link of somebody else."""
    target = folder / name
    return not _is_ours(folder, name) and (target.is_symlink() or (target.exists() and not target.is_file()))


def _is_ours(folder: Path, name: str) -> bool:
    """True for the link that stands for an artifact while a set is exchanged."""
    target = folder / name
    return target.is_symlink() and os.readlink(target) == f"{_SET}/{name}"


def exchange(folder: Path, new: Mapping[str, Path], gone: Iterable[str] = ()) -> None:
    """Put the files `new` (name -> staged file) in the place of all artifacts at once, and take away those of `gone`.

    Raises `OSError`. Where the file system has no links, they are replaced one by one, matrix.json last.
    """
    removed = [name for name in gone if name not in new and os.path.lexists(folder / name)]
    stages: list[Path] = []
    with suppress(OSError):  # no links in this file system: what follows replaces what was begun
        _switch(folder, new, removed, stages)
    for name in sorted(new, key=lambda name: name == FIRST):
        new[name].replace(folder / name)
    for name in sorted(removed, key=lambda name: name != FIRST):
        (folder / name).unlink(missing_ok=True)
    for link in (_SET, _NEXT):
        (folder / link).unlink(missing_ok=True)
    for made in stages:
        shutil.rmtree(made, ignore_errors=True)


def _switch(folder: Path, new: Mapping[str, Path], removed: Sequence[str], stages: list[Path]) -> None:
    """Make each artifact a link into the old set, then lead all into the new one by renaming a single link."""
    names = [*new, *removed]
    if not any(os.path.lexists(folder / name) for name in names):
        return  # nothing is exchanged
    old, fresh = _current(folder, names, stages), stage(folder)
    stages.append(fresh)
    for name, file in new.items():
        os.link(file, fresh / name)
    _point(folder, _SET, old.name)
    for name in names:
        if not _is_ours(folder, name):
            _point(folder, name, f"{_SET}/{name}")
    _point(folder, _SET, fresh.name)


def _current(folder: Path, names: Sequence[str], stages: list[Path]) -> Path:
    """A folder with the set that stands now; that of an exchange which was killed is whole, and serves."""
    link = folder / _SET
    if link.is_symlink() and (there := folder / os.readlink(link)).is_dir() and there.name.startswith(_STAGE):
        stages.append(there)
        return there
    old = stage(folder)
    stages.append(old)
    for name in names:
        if (folder / name).is_file():
            os.link(folder / name, old / name, follow_symlinks=False)
    return old


def _point(folder: Path, name: str, target: str) -> None:
    """Make `name` a link to `target` in one step."""
    following = folder / _NEXT
    following.unlink(missing_ok=True)
    following.symlink_to(target)
    following.replace(folder / name)


def sweep(folder: Path, names: Iterable[str]) -> None:
    """Remove what a run that was killed left behind: staged sets, and temporary files of the artifacts `names`."""
    temporary = tuple(f".{name}." for name in names)
    for entry in _entries(folder):
        if entry.name.startswith(_STAGE) and entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, ignore_errors=True)
            continue
        made_here = entry.name.startswith(temporary) and _RANDOM.fullmatch(entry.name.rpartition(".")[2])
        if made_here and entry.is_file(follow_symlinks=False):
            Path(entry.path).unlink(missing_ok=True)


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        yield from list(entries)


def remember(folder: Path, names: Iterable[str]) -> None:
    """Note the artifacts of plugins' writers: the next run takes them away before it loads a plugin."""
    before = {name for name in remembered(folder) if os.path.lexists(folder / name)}
    further = sorted({*names, *before} - set(BUILT_IN))
    index = folder / _INDEX
    if not further:
        index.unlink(missing_ok=True)
        return
    following = folder / _NEXT
    following.unlink(missing_ok=True)
    following.write_text("".join(f"{name}\n" for name in further), encoding="utf-8")
    following.replace(index)


def remembered(folder: Path) -> tuple[str, ...]:
    """The artifacts of plugins' writers that an earlier run noted; a text that is no plain name is left out."""
    try:
        descriptor = os.open(folder / _INDEX, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return ()
    with open(descriptor, "rb") as file:
        names = file.read(_LONGEST).decode("utf-8", "replace").splitlines()
    return tuple(name for name in names if name and "/" not in name and not name.startswith((OWN, "..")))
