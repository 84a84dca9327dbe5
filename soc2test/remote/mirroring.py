"""From a URL to a local folder that holds the same: list, download, list again. What can't be had is named."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from soc2test.evidence.files import Found
from soc2test.evidence.read_limits import MIB, ReadLimits
from soc2test.progress.watch import Watch, nobody
from soc2test.remote.causes import refusal
from soc2test.remote.deadlines import within
from soc2test.remote.downloading import Failure, Job, download
from soc2test.remote.keys import Sorted, lost, sort_keys
from soc2test.remote.listing import Listed, Store, list_objects
from soc2test.remote.private_folder import PrivateFolder
from soc2test.remote.stores import open_store
from soc2test.remote.urls import RemoteError, Url

__all__ = ["Mirror", "mirror"]

_OPENING = 60.0
"""seconds until a store shows whether it can be reached: credentials may be asked for at several places"""
_LISTING = 300.0
_DOWNLOADING = 3600.0
_NAME = 100
"""bytes of a folder's name that are kept"""
_AGAIN = "run again when nobody writes there"

Answer = TypeVar("Answer")


class Mirror(msgspec.Struct, frozen=True, kw_only=True):
    """A local copy of what lies below a URL."""

    url: Url
    root: Path
    """read it as a folder of exports"""
    lost: tuple[Found, ...]
    """objects that are there and could not be had as they are"""
    folder: PrivateFolder

    def remove(self) -> None:
        """Take the copy away."""
        self.folder.remove()


def mirror(url: Url, limits: ReadLimits, watch: Watch = nobody) -> Mirror:
    """Copy what lies below `url`. Raises `RemoteError` where it can't be had as a whole, with what to do.

    An object that failed, that changed in the meantime or that no folder can hold is `lost`. Whether one changed is
    told by a second listing after the downloads: its state must be that of the first.
    """
    folder = PrivateFolder()
    try:
        return _filled(url, limits, folder, watch)
    except BaseException:
        folder.remove()
        raise


def _filled(url: Url, limits: ReadLimits, folder: PrivateFolder, watch: Watch) -> Mirror:
    store, path = _asked(url, _OPENING, lambda: open_store(url))
    before = _listed(store, path, url)
    objects = sort_keys(before, tells_names_apart=_tells_names_apart(folder.path))
    _check_amount(url, objects, limits, folder.path)
    root = folder.path / url.name.encode()[:_NAME].decode(errors="ignore")
    root.mkdir()
    failed = _downloaded(store, url, objects, root, watch)
    changed = _changes(objects.fetched, _listed(store, path, url), before)
    for key in changed.keys() - failed.keys():
        (root / key).unlink(missing_ok=True)
    reasons = {**changed, **_reasons(failed, objects.fetched)}
    found = tuple(lost(key, reason) for key, reason in sorted(reasons.items()))
    return Mirror(url=url, root=root, lost=(*objects.lost, *found), folder=folder)


def _asked(url: Url, seconds: float, ask: Callable[[], Answer]) -> Answer:
    """What a store answers. Raises `RemoteError` where it refuses, or is silent for too long."""
    try:
        return within(seconds, ask)
    except RemoteError:
        raise
    except Exception as error:  # noqa: BLE001  # libraries of three vendors: what it means is told by its name and code
        raise RemoteError(refusal(url, error)) from None


def _listed(store: Store, path: str, url: Url) -> list[Listed]:
    return _asked(url, _LISTING, lambda: list_objects(store, path, url))


def _check_amount(url: Url, objects: Sorted, limits: ReadLimits, folder: Path) -> None:
    """Raises `RemoteError` where nothing is there, more than may be read, or more than the disk has room for."""
    count = len(objects.fetched) + len(objects.lost)
    if not count:
        raise RemoteError(
            f"{url.text}: no export lies below it, or there is no such container: look at bucket and prefix"
        )
    if count > limits.files:
        way_out = "move what is no export elsewhere, or raise reading.files in soc2.yaml"
        raise RemoteError(f"{url.text}: over {limits.files} objects; {way_out}")
    size = sum(max(0, each.size) for each in objects.fetched)
    if size > (free := shutil.disk_usage(folder).free):
        room = f"{size // MIB} MiB of exports, and room for {free // MIB} MiB"
        raise RemoteError(f"{url.text}: {room}: set TMPDIR to a folder with more")


def _downloaded(store: Store, url: Url, objects: Sorted, root: Path, watch: Watch) -> Mapping[str, Failure]:
    """Fill the folder; gives the failure of each key that has one. Raises `RemoteError` where all did."""
    jobs = [Job(listed=each, target=root / each.key) for each in objects.fetched]
    for folder in {(root / each.key).parent for each in (*objects.fetched, *objects.hidden)}:
        folder.mkdir(parents=True, exist_ok=True)
    for each in objects.hidden:  # that they are there is told, and nothing else
        (root / each.key).touch()
    try:
        failed = download(store, jobs, _DOWNLOADING, watch)
    except RemoteError as error:
        raise RemoteError(f"{url.text}: {error}") from None
    if jobs and len(failed) == len(jobs):
        key = min(failed)
        raise RemoteError(f"{url.text}: none of {len(jobs)} objects could be had: {key} {failed[key].reason}")
    return failed


def _reasons(failed: Mapping[str, Failure], fetched: Sequence[Listed]) -> Mapping[str, str]:
    """Why objects failed, by key. An empty one that is listed, and is not there, marks a folder.

    Had it gone, `_changes` would say so. adlfs 2026.8 takes the slash from the end of a key: what it lists as `a` is
    the marker `a/`.
    """
    empty = {each.key for each in fetched if not each.size}
    markers = {key for key, failure in failed.items() if failure.gone and key in empty}
    return {key: failure.reason for key, failure in failed.items() if key not in markers}


def _changes(fetched: Sequence[Listed], after: Sequence[Listed], before: Sequence[Listed]) -> dict[str, str]:
    """What became of objects between two listings, by key; one whose state is not told may have changed."""
    now = {each.key: each.state for each in after}
    changed: dict[str, str] = {}
    for each in fetched:
        if each.key not in now:
            changed[each.key] = f"was taken away while the exports were read; {_AGAIN}"
        elif not each.state:
            changed[each.key] = "can't be told to be as it was: its store names neither ETag nor generation"
        elif now[each.key] != each.state:
            changed[each.key] = f"changed while the exports were read; {_AGAIN}"
    known = {each.key for each in before}
    new = sort_keys([each for each in after if each.key not in known], tells_names_apart=True)
    return changed | {each.key: f"came while the exports were read; {_AGAIN}" for each in new.fetched}


def _tells_names_apart(folder: Path) -> bool:
    """True where the disk holds names apart that differ in case or in how an accent is composed."""
    probe = folder / "caf\u00e9"
    probe.touch()
    apart = not any((folder / other).exists() for other in ("CAF\u00e9", "cafe\u0301"))
    probe.unlink()
    return apart
