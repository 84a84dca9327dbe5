"""How the modules in a programme's own `plugins/` and `policies/` are imported: each once, under two names.

They are modules of two packages of ours, and `plugins.fleet` and `policies.laptops` are other names of the very same
modules: a kind that a plugin defines must be one class, wherever it is imported. A package `plugins` or `policies` of
somebody else goes first. Imports next to nothing: ordinary pytest runs load it too.
"""

import sys
from importlib import import_module, invalidate_caches
from importlib.abc import Loader
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Any

__all__ = ["LABELS", "PROGRAMME_PLUGINS", "PROGRAMME_POLICIES", "as_imported", "open_programme", "own_package"]

PROGRAMME_PLUGINS, PROGRAMME_POLICIES = "soc2test_programme_plugins", "soc2test_programme_policies"

LABELS = {PROGRAMME_PLUGINS: "plugins", PROGRAMME_POLICIES: "policies"}
"""Package -> the folder in the programme, which is its other name."""

_NAMES = {label: name for name, label in LABELS.items()}


def own_package(name: str, folder: Path, *, fresh: bool = False) -> None:
    """Make `folder` the package `name`; `fresh` forgets what an earlier programme of this process imported from it."""
    package = sys.modules.get(name)
    if package is None or fresh or [Path(each).resolve() for each in package.__path__] != [folder.resolve()]:
        _forget(name)
        package = sys.modules[name] = ModuleType(name)
        package.__path__ = [str(folder)]
        invalidate_caches()
    if not any(isinstance(each, _Finder) for each in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


def open_programme(root: Path) -> "_Finder":
    """Make a programme's folders importable, and give the finder that knows them."""
    for name, label in LABELS.items():
        if (root / label).is_dir():
            own_package(name, root / label)
    found = [each for each in sys.meta_path if isinstance(each, _Finder)]
    return found[0] if found else _Finder()


def _forget(name: str) -> None:
    """Its modules, under both names."""
    gone = {id(module) for each, module in sys.modules.items() if each == name or each.startswith(f"{name}.")}
    for each, module in list(sys.modules.items()):
        if id(module) in gone:
            del sys.modules[each]


def as_imported(module: str) -> str:
    """The name by which people import a module: "plugins.fleet"."""
    package, dot, rest = module.partition(".")
    return LABELS.get(package, package) + dot + rest


class _Finder:
    """Finds `plugins.x` and `policies.x` where nobody else has a module of that name."""

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """The module of ours behind a name; None where it is none of ours."""
        label, _, rest = fullname.partition(".")
        name = _NAMES.get(label, "")
        package = sys.modules.get(name)
        if package is None or self._elsewhere(fullname, path, list(package.__path__)):
            return None
        module = _imported(f"{name}.{rest}") if rest else package
        if module is None:
            return None
        return spec_from_loader(fullname, _Same(module), is_package=hasattr(module, "__path__"))

    def _elsewhere(self, fullname: str, path: Any, folders: list[str]) -> bool:
        """True where another finder has a module of this name that does not lie in our folder."""
        for finder in sys.meta_path:
            find = getattr(finder, "find_spec", None)
            ours = type(finder).__module__.startswith("soc2test.")
            if ours or find is None or (spec := find(fullname, path, None)) is None:
                continue
            places = [*(spec.submodule_search_locations or ()), *([spec.origin] if spec.has_location else ())]
            return not any(Path(place).resolve().is_relative_to(Path(own).resolve())
                           for place in places if place for own in folders)  # fmt: skip
        return False


def _imported(name: str) -> ModuleType | None:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name == name:
            return None
        raise


class _Same(Loader):
    """A loader that gives a module that is there already."""

    def __init__(self, module: ModuleType) -> None:
        self._module, self._spec = module, module.__spec__

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """The module itself."""
        return self._module

    def exec_module(self, module: ModuleType) -> None:
        """Nothing is run twice; the import system wrote the other name's spec into the module."""
        module.__spec__ = self._spec
