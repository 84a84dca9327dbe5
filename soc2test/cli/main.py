"""`main`, the command `soc2test`. Each subcommand has a file of its own, imported when it is called."""

import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

__all__ = ["COMMANDS", "main"]

COMMANDS = (
    "init", "controls", "criteria", "kinds", "sources", "lint", "prove", "evidence", "gaps", "data", "permissions",
    "collect", "seal", "record", "store", "history", "diff", "waive", "sample", "baseline", "schema",
    "pack", "verify", "rerun", "summary",
)  # fmt: skip


class _Lazy(click.Group):
    """A group that imports a subcommand when it is needed; what it writes passes the veil."""

    def main(self, args: Sequence[str] | None = None, *more: Any, **named: Any) -> Any:
        if set(COMMANDS).isdisjoint(sys.argv[1:] if args is None else args):
            return super().main(args, *more, **named)  # its own help: nothing of a company, and it should be quick
        from soc2test.reports.outlet import veiled  # noqa: PLC0415
        from soc2test.reports.secret_values import redact  # noqa: PLC0415

        with veiled((sys.stdout, sys.stderr), redact):
            try:
                return super().main(args, *more, **named)
            except Exception:  # noqa: BLE001  # Python would print it past the veil
                traceback.print_exc()
                sys.exit(1)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = import_module(f"soc2test.cli.{cmd_name}").command
        return found


@click.command(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="soc2test")
def main() -> None:
    """Pytest for SOC 2: start a programme, look up what there is, lint and prove its controls.

    The tests themselves run with `pytest --soc2`. Where the current folder has a soc2.yaml, its own policies and
    plugins are listed too.

    Exit codes: 0 fine, 1 a file can't be written, the exports can't be read, lint found something or a control is
    unproven, 2 wrong usage, 4 soc2.yaml, a policy file or a plugin is wrong (what loads is listed all the same).
    """
