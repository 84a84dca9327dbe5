"""A plugin that did not load: why, and of which kinds something may be missing without it."""

import re
import traceback
from collections.abc import Iterable
from importlib.metadata import EntryPoint
from importlib.util import find_spec
from pathlib import Path

import msgspec
import pluggy

from soc2test.errors import PluginError
from soc2test.faults import place_of_code
from soc2test.resources.resource import Resource, every_kind

__all__ = ["Unloaded", "installed_files", "reason", "source_files", "words_in"]

_WORD = re.compile(r"[A-Za-z_]\w*")


class Unloaded(msgspec.Struct, frozen=True):
    """`text` begins with the place; `words` are all names in its code, None where the code is not to be had."""

    plugin: str
    text: str
    words: frozenset[str] | None = None

    def may_tell(self, kind: type[Resource]) -> bool:
        """True unless its code shows that it names other kinds, and neither this one nor a special case of it."""
        if self.words is None or not self.words & {each.__name__ for each in every_kind()}:
            return True
        return bool(self.words & {kind.__name__, *(each.__name__ for each in every_kind(kind))})


def reason(error: BaseException, plugin: str, module: str) -> str:
    """Place, cause and way out: "plugins/fleet.py:3: invalid syntax"."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{place_of_code(error.filename, error.lineno, module)}: {type(error).__name__}: {error.msg}"
    text = str(error) if isinstance(error, PluginError | pluggy.PluginValidationError) else _told(error)
    text = text.removeprefix(f"plugin {plugin}: ")
    top = module.partition(".")[0]
    own = [
        place_of_code(frame.f_code.co_filename, line, module)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if str(frame.f_globals.get("__name__")).partition(".")[0] == top
    ]
    return f"{own[-1]}: {text}" if own else text


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def source_files(path: Path) -> list[Path]:
    """The code of a plugin in a folder: its module or package, and the helpers beside it."""
    helpers = [each for each in path.parent.glob("_*") if each != path]
    return [file for each in (path, *helpers) for file in (sorted(each.rglob("*.py")) if each.is_dir() else [each])]


def installed_files(entry: EntryPoint) -> list[Path]:
    """The code of an installed plugin; none where it can't be found."""
    try:
        spec = find_spec(entry.value.partition(":")[0])
    except Exception:  # noqa: BLE001  # its parent package is what does not import
        return []
    if spec is None or spec.origin is None:
        return []
    return source_files(Path(spec.origin).parent if spec.submodule_search_locations else Path(spec.origin))


def words_in(files: Iterable[Path]) -> frozenset[str] | None:
    """All names in these files; None where there is nothing to read."""
    texts = [file.read_bytes().decode("utf-8", "replace") for file in files if file.suffix == ".py" and file.is_file()]
    return frozenset(word for text in texts for word in _WORD.findall(text)) if texts else None
