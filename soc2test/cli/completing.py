"""What a shell offers after a command: ids of controls and criteria, names of sources, kinds and schemas."""

import click
from click.shell_completion import CompletionItem

__all__ = ["control_ids", "criterion_ids", "kind_names", "source_names"]


def control_ids(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The loaded controls, with what each tests."""
    from soc2test.cli.here import open_here  # noqa: PLC0415  # most completions ask for no control

    known = open_here().controls()
    return _that_begin(incomplete, {id: each.control.title for id, each in known.items()})


def criterion_ids(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The 61 criteria."""
    from soc2test.criteria import CRITERIA  # noqa: PLC0415

    return _that_begin(incomplete, dict.fromkeys(CRITERIA, ""))


def source_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The sources of installed plugins and of the programme, with their titles."""
    from soc2test.cli.here import open_here  # noqa: PLC0415

    sources = open_here().plugins.sources
    return _that_begin(incomplete, {name: source.title for name, source in sources.items()})


def kind_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The kinds of resources."""
    from soc2test.cli.here import open_here  # noqa: PLC0415
    from soc2test.resources.resource import every_kind  # noqa: PLC0415

    open_here()  # kinds are known once the plugins that have them are
    return _that_begin(incomplete, {kind.__name__: "" for kind in every_kind()})


def _that_begin(incomplete: str, told: dict[str, str]) -> list[CompletionItem]:
    begun = incomplete.casefold()
    found = sorted(name for name in told if name.casefold().startswith(begun))
    return [CompletionItem(name, help=told[name] or None) for name in found]
