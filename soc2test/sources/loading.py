"""Loading plugins: from entry points and from the programme's own plugins folder, each on its own."""

import importlib.util
import inspect
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from hashlib import sha256
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType
from typing import Any

import pluggy

from soc2test.errors import PluginError
from soc2test.faults import place_of
from soc2test.imports import PROGRAMME_PLUGINS, own_package
from soc2test.installed import comes_with_us, entry_points, version_of
from soc2test.regular import read_regular
from soc2test.resources.fixture_names import wrong_name
from soc2test.resources.resource import Resource
from soc2test.run import Pack, Writer
from soc2test.sources import hookspecs
from soc2test.sources.belonging import NOBODY, Belonging
from soc2test.sources.calling import fault
from soc2test.sources.export import Claim, Export
from soc2test.sources.source import Source
from soc2test.sources.unloaded import Unloaded, installed_files, reason, source_files, words_in
from soc2test.verdicts import ControlResult

__all__ = ["GROUP", "Plugins", "folder_digest", "load_plugins"]

GROUP = "soc2test"
_LOADED = "soc2_loaded"


@dataclass
class Plugins:
    """The plugins of a run. `problems` names those that did not load; they hide no other."""

    manager: pluggy.PluginManager
    sources: dict[str, Source] = field(default_factory=dict)
    packs: list[Pack] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    unloaded: list[Unloaded] = field(default_factory=list)
    kinds: list[type[Resource]] = field(default_factory=list)
    """kinds that no source of their plugin tells"""
    belongings: dict[str, Belonging] = field(default_factory=dict)
    """where each plugin comes from, by its name"""

    def ask(self, export: Export) -> Sequence[Claim]:
        """What plugins say of a file that doesn't lie by convention; where one breaks, the file is not its own."""
        told = self._each("soc2_claim", f"{export.path}: ", export=export)
        return [
            self._weighed(name, claim)
            for name, claim in told
            if self._fits(name, "soc2_claim", claim, Claim, "a Claim or None") and self._is_nature(name, claim)
        ]

    def _weighed(self, name: str, claim: Claim) -> Claim:
        """A claim with what it is worth: for a source of another plugin what it says of itself, else a record."""
        source, claimant = self.sources.get(claim.source), self.belongings.get(name, NOBODY)
        if source is None or claimant.shipped or source.belongs == claimant:
            return replace(claim, nature=claim.nature, stated_by="")
        return replace(claim, nature=claim.nature or "record", stated_by=claimant.place)

    def _is_nature(self, name: str, claim: Claim) -> bool:
        fits = claim.nature in (None, "system", "record")
        if not fits:
            self._problem(f"plugin {name}: soc2_claim must give a Claim of nature system, record or None")
        return fits

    @cached_property
    def _writers(self) -> list[Writer]:
        return [
            writer
            for name, given in self._each("soc2_writers")
            for writer in self._listed(name, "soc2_writers", given)
            if _is_writer(writer) or self._wrong(name, "soc2_writers", writer, "writers, with a filename and render")
        ]

    def writers(self) -> list[Writer]:
        """The report writers of plugins, asked for once; what is none is a problem of its plugin."""
        return self._writers

    def observe(self, result: ControlResult) -> None:
        """Tell all plugins of a result; what one raises is a problem of the run and loses no result."""
        list(self._each("soc2_result", f"{result.id}: ", result=result))

    def _each(self, hook: str, what: str = "", **given: Any) -> Iterator[tuple[str, Any]]:
        """Name and answer of each plugin that has the hook: one that breaks takes no other's answer with it."""
        for called in self.manager.hook.__dict__[hook].get_hookimpls():
            try:
                answer = called.function(*(given[name] for name in called.argnames))
            except KeyboardInterrupt:
                raise
            except BaseException as error:  # noqa: BLE001  # SystemExit would end the run green, Skipped hide it
                self._raised(what, str(fault(called.plugin_name, "hook", called.function, error)))
            else:
                if answer is not None:
                    yield called.plugin_name, answer

    def _raised(self, what: str, text: str) -> None:
        """Named once with its occasion, and once for all further ones: there may be one for each control."""
        before = any(each.endswith(text) for each in self.problems)
        self._problem(f"further on: {text}" if before else f"{what}{text}")

    def _listed(self, name: str, hook: str, given: Any) -> list[Any]:
        try:
            return list(given)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001  # a generator runs here only
            self._problem(f"plugin {name}: {hook} gave no list that can be read ({type(error).__name__})")
            return []

    def _fits(self, name: str, hook: str, given: Any, wanted: type, words: str) -> bool:
        return isinstance(given, wanted) or self._wrong(name, hook, given, words)

    def _wrong(self, name: str, hook: str, given: Any, words: str) -> bool:
        self._problem(f"plugin {name}: {hook} must give {words}, and gave a {type(given).__name__}")
        return False

    def _problem(self, text: str) -> None:
        if text not in self.problems:
            self.problems.append(text)


def _is_writer(given: Any) -> bool:
    return isinstance(getattr(given, "filename", None), str) and callable(getattr(given, "render", None))


def load_plugins(folder: Path | None = None) -> Plugins:
    """All installed plugins, then those in `folder` (a programme's own)."""
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    plugins = Plugins(manager)
    for entry in sorted(entry_points(group=GROUP), key=lambda each: each.name):
        module = entry.value.partition(":")[0]
        of = Belonging(f"the installed plugin {entry.name}", module.partition(".")[0], comes_with_us(entry))
        _guarded(plugins, entry.name, module, of, partial(_installed, entry), partial(installed_files, entry))
    local = list(_local(folder))
    if folder is not None and folder.is_dir():
        # what a conftest imported from it before stays: a second time would make second classes
        before = sys.modules.get(PROGRAMME_PLUGINS)
        own_package(PROGRAMME_PLUGINS, folder, fresh=hasattr(before, _LOADED))
        setattr(sys.modules[PROGRAMME_PLUGINS], _LOADED, True)
    for path in local:
        module = f"{PROGRAMME_PLUGINS}.{path.stem}"
        of = Belonging(f"{path.parent.name}/{path.name}", PROGRAMME_PLUGINS.partition(".")[0])
        _guarded(plugins, path.stem, module, of, partial(_from_file, path, module), partial(source_files, path))
    return plugins


def _installed(entry: EntryPoint) -> tuple[Any, str | None]:
    return entry.load(), version_of(entry)


def _local(folder: Path | None) -> Iterable[Path]:
    """The plugins in a folder: its modules, and its packages; names with a leading underscore are helpers."""
    if folder is None or not folder.is_dir() or (folder / "__init__.py").exists():  # a package: comes by entry point
        return []
    found = [each for each in folder.iterdir() if each.suffix == ".py" or (each / "__init__.py").is_file()]
    return sorted(each for each in found if not each.name.startswith(("_", ".")))


def _from_file(path: Path, name: str) -> tuple[ModuleType, None]:
    if name in sys.modules:  # another plugin imported it
        return sys.modules[name], None
    file = path / "__init__.py" if path.is_dir() else path
    _check_readable(path.stem, file)
    spec = importlib.util.spec_from_file_location(
        name, file, submodule_search_locations=[str(path)] if path.is_dir() else None
    )
    if spec is None or spec.loader is None:
        raise PluginError(path.stem, "is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module, None


def _check_readable(plugin: str, file: Path) -> None:
    """Raises `PluginError` for a pipe or a device, of which Python would wait for its text."""
    try:
        read_regular(file)
    except OSError as error:
        raise PluginError(plugin, f"{file.name} can't be read: {error.strerror}") from None


def _guarded(
    plugins: Plugins,
    name: str,
    place: str,
    of: Belonging,
    load: Callable[[], tuple[Any, str | None]],
    files: Callable[[], list[Path]],
) -> None:
    """Register one plugin; whatever is wrong with it becomes a problem of the run."""
    try:
        module, version = load()
        if plugins.manager.is_registered(module):
            return
        _check_names(name, module)
        plugins.manager.register(module, name=name)
        plugins.manager.check_pending()
        _take(plugins, module, of)
        plugins.belongings[name] = of
        plugins.packs.append(Pack(name, version, _digest(module)))
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001  # a broken plugin is named, hides no other and ends nothing
        if plugins.manager.has_plugin(name):
            plugins.manager.unregister(name=name)
        plugins.unloaded.append(Unloaded(name, reason(error, name, place), words_in(files())))
        plugins.problems.append(f"plugin {name} did not load: {plugins.unloaded[-1].text}")


def _check_names(name: str, module: Any) -> None:
    for each in dir(module):
        if each.startswith("soc2_") and inspect.isfunction(getattr(module, each)):
            if not hasattr(getattr(module, each), f"{hookspecs.PROJECT}_impl"):
                where = place_of(Exception(), getattr(module, each))
                raise PluginError(name, f"{where}: {each} has no @hookimpl: write it above the function")
            if not hasattr(hookspecs, each):
                known = sorted(hook for hook in dir(hookspecs) if hook.startswith("soc2_"))
                where = place_of(Exception(), getattr(module, each))
                raise PluginError(name, f"{where}: there is no hook {each}; hooks are {', '.join(known)}")


def _take(plugins: Plugins, module: Any, of: Belonging) -> None:
    sources = _given(module, "soc2_sources", lambda each: isinstance(each, Source), "sources")
    kinds = _given(module, "soc2_kinds", lambda each: isinstance(each, type) and issubclass(each, Resource), "kinds")
    for source in sources:
        for operation in source.operations.values():
            _check_fixtures(module, operation.kinds)
    _check_fixtures(module, kinds)
    for place, source in enumerate(sources):
        if source.name in plugins.sources or source.name in (each.name for each in sources[:place]):
            raise PluginError(source.name, "a source of this name is loaded already")
        if source.collecting.rights is not None:  # now its plugin has declared all operations
            source.collecting.rights.check_operations(source.name, source.operations)
        source.belongs = of
    plugins.sources |= {source.name: source for source in sources}
    plugins.kinds += kinds


def _check_fixtures(module: Any, kinds: Iterable[type[Resource]]) -> None:
    """Raise `PluginError` where a kind says of its fixture what can't be its name."""
    for wrong in filter(None, map(wrong_name, kinds)):
        raise PluginError(_short_name(module), wrong)


def _short_name(module: Any) -> str:
    return str(getattr(module, "__name__", "").rpartition(".")[2])


def _given(module: Any, hook: str, fits: Callable[[Any], bool], words: str) -> list[Any]:
    """What a hook that is called while the plugin loads gives. Raises `PluginError` where it is of another type."""
    given = getattr(module, hook)() if hasattr(module, hook) else ()
    listed = list(given) if isinstance(given, Iterable) and not isinstance(given, str) else [given]
    for each in listed:
        if not fits(each):
            raise PluginError(_short_name(module), f"{hook} must give {words}, and gave a {type(each).__name__}")
    return listed


def _digest(module: Any) -> str:
    file = Path(getattr(module, "__file__", "") or "")
    return folder_digest(_files(file.parent if file.name == "__init__.py" else file))


def _files(place: Path) -> Mapping[str, bytes]:
    if place.is_file():
        return {place.name: place.read_bytes()}
    below = len(str(place)) + 1
    return {file[below:].replace(os.sep, "/"): Path(file).read_bytes() for file in _modules(str(place))}


def _modules(folder: str) -> Iterator[str]:
    """The .py files below a folder, the only ones that Python imports."""
    for place, _, names in os.walk(folder):
        files = (os.path.join(place, name) for name in names if name.endswith(".py"))
        yield from (file for file in files if os.path.isfile(file))


def folder_digest(files: Mapping[str, bytes]) -> str:
    """SHA-256 over names and contents."""
    whole = sha256()
    for name, data in sorted(files.items()):
        whole.update(f"{name}\0{len(data)}\0".encode())
        whole.update(data)
    return whole.hexdigest()
