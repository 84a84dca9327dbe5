"""Which objects can lie in a folder as they lie in the store, and which are lost, with the reason."""

import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

import msgspec

from soc2test.evidence.files import Found, printable
from soc2test.remote.listing import Listed

__all__ = ["Sorted", "lost", "sort_keys"]

_LONGEST = 255
"""bytes of a name, on every common file system"""
_AGAIN = "upload it under a plain path"


class Sorted(msgspec.Struct, frozen=True, kw_only=True):
    """The objects below a prefix, by what becomes of them."""

    fetched: tuple[Listed, ...]
    hidden: tuple[Listed, ...]
    """by a dot before the name: a folder of exports tells of them, and reads none"""
    lost: tuple[Found, ...]


def lost(key: str, reason: str) -> Found:
    """An object that is evidence and can't be read: it counts as a file that is there and is refused."""
    return Found(_place(key), "", 0, refused=reason, lost=True)


def sort_keys(listed: Sequence[Listed], *, tells_names_apart: bool) -> Sorted:
    """What becomes of each object; `tells_names_apart` says whether the disk does.

    Markers of folders, and what lies in hidden folders, are no evidence, as in a local folder.
    """
    objects = [each for each in listed if not _is_marker(each) and not _in_hidden_folder(each.key)]
    wrong = {each.key: reason for each in objects if (reason := _refusal(each.key))}
    plain = [each for each in objects if each.key not in wrong]
    folders = {folder for each in plain for folder in _folders(each.key)}
    plain = [each for each in plain if each.size or each.key not in folders]  # some tools mark a folder without a slash
    for each in plain:
        if each.key in folders:
            wrong[each.key] = f"is an object, and others lie below its name as in a folder; {_AGAIN}"
    if not tells_names_apart:
        wrong |= dict.fromkeys(_folded_together(plain), f"has a name that the disk takes for that of another; {_AGAIN}")
    good = [each for each in plain if each.key not in wrong]
    return Sorted(
        fetched=tuple(each for each in good if not _is_hidden(each.key)),
        hidden=tuple(each for each in good if _is_hidden(each.key)),
        lost=tuple(lost(key, reason) for key, reason in wrong.items()),
    )


def _is_marker(listed: Listed) -> bool:
    return not listed.size and (listed.key == "" or listed.key.endswith("/"))


def _in_hidden_folder(key: str) -> bool:
    return any(part.startswith(".") and part not in (".", "..") for part in key.split("/")[:-1])


def _is_hidden(key: str) -> bool:
    return key.rpartition("/")[2].startswith(".")


def _refusal(key: str) -> str:
    parts = key.split("/")
    if parts[-1] == "":
        return f"holds data under the name of a folder; {_AGAIN}"
    if "" in parts:
        return f"has a key with an empty part (//); {_AGAIN}"
    if "." in parts or ".." in parts:
        return f"has a key with . or .. as a part; {_AGAIN}"
    if "\0" in key or _encoded(key) is None:
        return f"has a key with NUL, or that is no Unicode; {_AGAIN}"
    if any(len(part.encode()) > _LONGEST for part in parts):
        return f"has a key with a part over {_LONGEST} bytes; {_AGAIN}"
    return ""


def _encoded(key: str) -> bytes | None:
    try:
        return key.encode()
    except UnicodeEncodeError:
        return None


def _place(key: str) -> str:
    """How a lost object is named. Where its key may lead anywhere, its first part tells no source: it is quoted."""
    leads_anywhere = ".." in key.split("/") or "\0" in key or _encoded(key) is None
    return ascii(key) if leads_anywhere else printable(key)


def _folders(key: str) -> Iterable[str]:
    return (str(folder) for folder in list(PurePosixPath(key).parents)[:-1])


def _folded_together(plain: Sequence[Listed]) -> list[str]:
    """Keys of which the disk would take a part for that of another key."""
    nodes = {node for each in plain for node in (each.key, *_folders(each.key))}
    spelled: dict[str, set[str]] = {}
    for node in nodes:
        spelled.setdefault(_folded(node), set()).add(node)
    twice = {node for same in spelled.values() if len(same) > 1 for node in same}
    return [each.key for each in plain if not twice.isdisjoint((each.key, *_folders(each.key)))]


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
