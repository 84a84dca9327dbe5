"""What there is to look up: installed plugins and packs, and those of the programme in the current folder."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, NoReturn

import click

from soc2test.company_controls.checking import check_company_controls
from soc2test.company_controls.records import CompanyControl
from soc2test.controls.control import Control
from soc2test.controls.packs import Pack, load_pack, pack_folders
from soc2test.errors import EvidenceError, ProgrammeError
from soc2test.exceptions.waiving import wrong_waivers
from soc2test.inventory.scopes import Declared
from soc2test.inventory.twins import tellers, twin
from soc2test.programme.limit_values import check_controls
from soc2test.programme.programme import FILE, Config, check_sources, load_programme
from soc2test.proving.saved import SavedProof, saved_proofs
from soc2test.sources.loading import Plugins, load_plugins

__all__ = ["PROGRAMME_WRONG", "Here", "Known", "no_such", "open_here"]

PROGRAMME_WRONG = 4


class Known(NamedTuple):
    """A control and where it stands: "policies/people.py:7", installed packs by their import name."""

    control: Control
    place: str


@dataclass
class Here:
    """Plugins, packs and, where the folder has one, the programme. `problems` says what did not load."""

    plugins: Plugins
    packs: list[Pack]
    config: Config | None = None
    declared: Declared = field(default_factory=dict)
    """source -> scope level -> values, as soc2.yaml names them; empty where it names none or is wrong"""
    problems: list[str] = field(default_factory=list)
    company: tuple[CompanyControl, ...] = ()
    """the company's own controls, by id"""

    @cached_property
    def proofs(self) -> Mapping[str, SavedProof]:
        """What was proven of the loaded controls, by id; a file of proofs that can't be read is a problem."""
        try:
            return saved_proofs(self.packs, self.config.root if self.config is not None else None)
        except EvidenceError as error:
            self.problems.append(str(error))
            return {}

    def controls(self) -> dict[str, Known]:
        """All loaded controls by id, sorted; of two with one id the first, as in a run."""
        return self._controls

    @cached_property
    def _controls(self) -> dict[str, Known]:
        by_id: dict[str, Known] = {}
        for known in _each(self.packs):
            by_id.setdefault(known.control.id, known)
        return dict(sorted(by_id.items()))

    def report(self) -> None:
        """Name on stderr what did not load."""
        for problem in self.problems:
            click.echo(problem, err=True)

    def end(self, ctx: click.Context) -> None:
        """Leave with the exit code that tells whether all there is was listed."""
        ctx.exit(PROGRAMME_WRONG if self.problems else 0)


def open_here(file: Path | None = None) -> Here:
    """Load what the programme `file` (default: soc2.yaml in the current folder, if it has one) gives.

    Nothing raises: what is wrong is a problem of the result.
    """
    file = file or Path.cwd() / FILE
    own = file.parent if file.exists() else None
    plugins = load_plugins(own / "plugins" if own else None)
    packs = [load_pack(*each) for each in pack_folders(own)]
    here = Here(plugins, packs, None, {}, [*plugins.problems, *_broken(packs), *_twice(packs)])
    if own is not None:
        try:
            here.config = load_programme(file)
            here.problems += map(str, (*here.config.refused, *here.config.wrong_waivers))
            here.declared = check_sources(here.config, plugins.sources, plugins.unloaded)
            all_loaded = not plugins.unloaded and not any(pack.broken for pack in packs)
            check_controls(here.config, here_controls(packs), all_loaded=all_loaded)
            here.problems += map(str, _wrong_waivers(here.config, packs, all_loaded=all_loaded))
            ids = {control.id for control in here_controls(packs)}
            checked = check_company_controls(here.config.company_controls, ids, all_loaded=all_loaded)
            here.company = checked.controls
            here.problems += map(str, checked.refused)
        except ProgrammeError as error:
            here.problems.append(str(error))
    told = tellers(plugins.sources.values())
    for known in here.controls().values():
        if (wrong := twin(known.control.kinds, told)) is not None:
            here.problems.append(f"{known.place}: control {known.control.id}: {wrong}")
    return here


def here_controls(packs: list[Pack]) -> list[Control]:
    """The controls of all packs."""
    return [known.control for known in _each(packs)]


def _wrong_waivers(config: Config, packs: list[Pack], *, all_loaded: bool) -> Iterator[ProgrammeError]:
    today = datetime.now(config.zone).date()
    controls = {control.id: control for control in here_controls(packs)}
    return wrong_waivers(config.exceptions.waivers, controls, today, all_loaded=all_loaded)


def _each(packs: list[Pack]) -> Iterator[Known]:
    for pack in packs:
        for file in pack.files:
            for control in file.controls:
                yield Known(control, f"{pack.label}/{file.name}:{control.function.__code__.co_firstlineno}")


def _broken(packs: list[Pack]) -> Iterator[str]:
    for pack in packs:
        for broken in pack.broken:
            name = type(broken.error).__name__
            yield f"{pack.label}/{broken.name} did not load: {name}: {_text(broken.error)}"


def _text(error: BaseException) -> str:
    if isinstance(error, SyntaxError) and error.filename:  # it may lie in a file that the policy imports
        return f"{error.msg} ({Path(error.filename).name}, line {error.lineno})"
    return str(error)


def _twice(packs: list[Pack]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for control, place in _each(packs):
        if control.id in seen:
            yield f"{place}: the id {control.id} is that of a control in {seen[control.id]}; give each its own"
        seen.setdefault(control.id, place)


def no_such(what: str, name: str, known: list[str], where: str) -> NoReturn:
    """A usage error for a name that does not exist, with the nearest ones and the command that lists all."""
    near = get_close_matches(name.casefold(), {each.casefold(): each for each in known}, n=3)
    by_fold = {each.casefold(): each for each in known}
    guess = f"; did you mean {' or '.join(by_fold[each] for each in near)}?" if near else ";"
    raise click.UsageError(f"there is no {what} {name!r}{guess} `{where}` lists all.")
