"""`LookedAt`: the packs, plugins and programme that rules look at, and the controls with their places."""

from functools import cached_property
from typing import NamedTuple

import msgspec

from soc2test.controls.control import Control
from soc2test.controls.packs import Pack
from soc2test.imports import PROGRAMME_PLUGINS
from soc2test.linting.finding import LintFinding
from soc2test.programme.programme import Config
from soc2test.resources.resource import Resource, every_kind
from soc2test.sources.loading import Plugins

__all__ = ["Kind", "LookedAt", "Placed"]

Kind = type[Resource]


class Placed(NamedTuple):
    """A control, its pack, and where it stands."""

    control: Control
    pack: Pack
    file: str
    line: int

    def finding(self, rule: str, text: str, *, subject: str = "", line: int = 0) -> LintFinding:
        """What a rule found of this control, in its own line unless another one is given."""
        return LintFinding(
            file=self.file, line=line or self.line, rule=rule, subject=subject or self.control.id, text=text
        )


class LookedAt(msgspec.Struct, frozen=True, dict=True):
    """All that rules look at. Where a folder has no programme, `config` is None and what is installed is looked at."""

    packs: tuple[Pack, ...]
    plugins: Plugins
    config: Config | None

    @cached_property
    def controls(self) -> tuple[Placed, ...]:
        """The controls of all files that loaded, sorted by id; of two with one id both."""
        placed = [
            Placed(
                control=control, pack=pack, file=f"{pack.label}/{file.name}",
                line=control.function.__code__.co_firstlineno,
            )
            for pack in self.packs
            for file in pack.files
            for control in file.controls
        ]  # fmt: skip
        return tuple(sorted(placed, key=lambda each: each.control.id))

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds that there are: neutral ones, those that a source tells, and those that a control takes."""
        import soc2test.contract  # noqa: F401, PLC0415  # so that the neutral kinds are there

        told = {kind for source in self.plugins.sources.values() for each in source.operations.values()
                for kind in each.kinds}  # fmt: skip
        taken = {kind for placed in self.controls for kind in placed.control.kinds}
        bases = {base for kind in told | taken for base in kind.__mro__ if issubclass(base, Resource)} - {Resource}
        neutral = {kind for kind in every_kind() if kind.__module__.startswith("soc2test.")}
        return tuple(sorted(bases | neutral | set(self.plugins.kinds), key=lambda kind: kind.__name__))

    @property
    def all_loaded(self) -> bool:
        """False where a policy file or a plugin did not load: what it reads or tells is not known then."""
        return not self.plugins.unloaded and not any(pack.broken for pack in self.packs)

    def may_be_told(self, kind: Kind) -> bool:
        """True where a plugin that did not load may tell a kind."""
        return any(plugin.may_tell(kind) for plugin in self.plugins.unloaded)

    def is_own(self, kind: Kind) -> bool:
        """True of a kind whose facts are asked for: in a programme those of its own plugins, else all."""
        return self.config is None or kind.__module__.partition(".")[0] == PROGRAMME_PLUGINS
