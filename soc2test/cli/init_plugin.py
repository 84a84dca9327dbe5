"""`soc2test init --plugin`: a source of one's own to start from, with tests that pass as they stand."""

import keyword
import re
from importlib.resources import files
from pathlib import Path

import click

from soc2test.cli.putting import put
from soc2test.sources.loading import load_plugins

__all__ = ["write_plugin"]

_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_PLUGIN, _TESTS = "plugins/source.py.txt", "tests/test_plugin.py.txt"


def write_plugin(folder: Path, name: str) -> None:
    """Write plugins/NAME.py and its tests into the programme `folder`; what exists is left as it is.

    Raises `click.UsageError` for a name that no source can have, or that one has already.
    """
    if not _NAME.fullmatch(name) or keyword.iskeyword(name):
        raise click.UsageError(f"--plugin: {name!r} can't be imported: write it as a module's name, such as my_hr")
    known = load_plugins().sources
    if name in known:
        title = known[name].title or name
        raise click.UsageError(f"--plugin: {name} is read already ({title}): `soc2test sources {name}` says how")
    for path, template in ((f"plugins/{name}.py", _PLUGIN), (f"tests/test_{name}_plugin.py", _TESTS)):
        click.echo(f"{put(folder, path, _text(template, name))}  {path}")
    here = "" if folder.resolve() == Path.cwd() else f"cd {folder} && "
    click.echo(
        f"\nNext:\n  {here}pytest tests    they pass as they stand: then put the vendor's answers into them\n"
        f"  declare it in soc2.yaml, `{name}: {{accounts: [acme]}}` below sources, once it reads what you have\n"
        f"  soc2test sources {name}    the command for each export, and where it goes\n"
        "  soc2test kinds    what else can be told: devices, people, changes, incidents"
    )


def _text(template: str, name: str) -> str:
    text = files("soc2test.cli").joinpath("templates", *template.split("/")).read_text("utf-8")
    return text.replace("{{plugin}}", name)
