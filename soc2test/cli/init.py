"""`soc2test init`: a first programme, ready for `pytest --soc2`. Nothing that exists is changed."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from soc2test.cli.putting import put
from soc2test.criteria import CATEGORIES

__all__ = ["command"]

_SAMPLE = "exports/registers/people.yaml"
_TEMPLATES = {
    "soc2.yaml": "soc2.yaml",
    "policies/reporting_lines.py": "policies/reporting_lines.py.txt",
    _SAMPLE: "exports/registers/people.yaml",
}
_CI = {
    "github": (".github/workflows/soc2.yml", "github/workflows/soc2.yml"),
    "gitlab": (".gitlab-ci.yml", "ci/gitlab-ci.yml"),
    "jenkins": ("Jenkinsfile", "ci/Jenkinsfile"),
    "azure": ("azure-pipelines.yml", "ci/azure-pipelines.yml"),
}
"""where each system of CI looks for what it runs, and our template of it"""
_AT_THE_TOP = {
    "github": "GitHub reads workflows at the top of a repository only: move {path} there, and run pytest with "
    "`working-directory: {below}`.",
    "gitlab": "GitLab reads {path} at the top of a repository only: move it there, let its script begin with "
    "`cd {below}`, and write {below}/ before its paths.",
    "jenkins": "Name {below}/{path} as the script path of the Jenkins job, put its steps into `dir('{below}')`, and "
    "write {below}/ before the paths under post.",
    "azure": "Name {below}/{path} when you create the pipeline, give its scripts `workingDirectory: {below}`, and "
    "write {below}/ before its paths.",
}
_SCHEMAS = {".soc2test/programme.schema.json": "programme", ".soc2test/people.schema.json": "people"}
_IGNORED = "soc2-report/"


@click.command("init")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--system", metavar="NAME", help="Name of the system, as reports print it (default: that of the folder).")
@click.option(
    "--category",
    "categories",
    multiple=True,
    type=click.Choice(CATEGORIES),
    help="A category in scope; security always is. Repeat it for several.",
)
@click.option(
    "--source",
    "sources",
    metavar="NAME[/SCOPE]",
    multiple=True,
    help="A system that you have, with its scope as its exports' folder is called: github/acme, "
    "aws/012345678901/eu-west-1. Repeat it for several.",
)
@click.option(
    "--ci",
    type=click.Choice(list(_CI)),
    default="github",
    show_default=True,
    help="The system that is to run the tests: its workflow is written.",
)
@click.option("--register", metavar="NAME", help="Write the template of this register alone, ready to fill in.")
@click.option("--plugin", metavar="NAME", help="Write a source of your own to start from, plugins/NAME.py, with tests.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["xlsx", "csv", "yaml"]),
    default="xlsx",
    show_default=True,
    help="In which form registers are written.",
)
@click.option(
    "--from",
    "source",
    metavar="SOURCE",
    help="Fill --register people or access_decisions with the identities that the exports of this source list.",
)
@click.pass_context
def command(  # what can be asked
    ctx: click.Context,
    folder: Path,
    system: str | None,
    categories: tuple[str, ...],
    sources: tuple[str, ...],
    ci: str,
    register: str | None,
    plugin: str | None,
    form: str,
    source: str | None,
) -> None:
    """Start a programme in DIR (default: here), or a register of one.

    Writes soc2.yaml, a first control, a sample register, a workflow for CI (--ci), and schemas for your editor. What
    exists is named and left as it is. With --category or --source it declares these in soc2.yaml, and writes templates
    of all registers that the tests of the categories need and none of these systems tells; in a terminal it asks for
    both.

    With --register it writes that register's template alone, below the exports of the programme: the names of the
    columns, what each means, lists to choose from, and a row that shows what to write and does not count.

    With --plugin it writes a source that reads users from JSON, and tests of it, for you to make it that of a system
    that soc2test does not know.
    """
    if plugin is not None:
        if categories or sources or register is not None or source is not None:
            raise click.UsageError("--plugin writes one source: leave out what starts a programme or a register")
        from soc2test.cli.init_plugin import write_plugin  # noqa: PLC0415  # `--help` needs none of it

        write_plugin(folder, plugin)
        return
    if register is not None:
        if categories or sources:
            raise click.UsageError("--register writes one register: --category and --source start a programme")
        from soc2test.cli.init_register import write_register  # noqa: PLC0415  # `--help` needs none of it

        write_register(ctx, folder, register, form, source)
        return
    if source is not None:
        raise click.UsageError("--from: fills in a register: name it with --register")
    if not categories and not sources and sys.stdin.isatty():
        categories, sources = _asked()
    name = system or folder.resolve().name or "My system"
    first = f"put your people into {_SAMPLE}, in the place of the sample's"
    if categories or sources:
        _start(folder, name, categories, sources, form, ci)
        first = "fill in exports/registers; a row that begins with `example:` shows what to write and does not count"
    else:
        for path, text in _files(name, {"categories": "security", "sources": "sources: {}"}, ci):
            click.echo(f"{put(folder, path, text)}  {path}")
        click.echo(f"{_ignore(folder)}  .gitignore")
    _advise(folder, first, ci)


def _asked() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The categories and systems that somebody in a terminal names; an empty answer names none."""
    from soc2test.sources.loading import load_plugins  # noqa: PLC0415

    known = [name for name in load_plugins().sources if name != "registers"]
    click.echo(f"Categories in scope beside security: {', '.join(CATEGORIES[1:])}")
    categories = click.prompt("Which, with commas between them", default="", show_default=False)
    click.echo(f"\nSystems that can be read: {', '.join(known)}")
    click.echo(
        "Write each with its scope as its exports' folder will be called: github/acme, aws/012345678901/eu-west-1"
    )
    sources = click.prompt("Which do you have, with commas between them", default="", show_default=False)
    click.echo("")
    return tuple(_parts(categories)), tuple(_parts(sources))


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _start(folder: Path, system: str, categories: Sequence[str], sources: Sequence[str], form: str, ci: str) -> None:
    """A programme with these categories and systems, and the registers that it needs."""
    from soc2test.cli.here import open_here  # noqa: PLC0415  # `--help` needs none of it
    from soc2test.cli.init_needs import declared_of, needed_registers, sources_text  # noqa: PLC0415
    from soc2test.cli.init_register import check_place, put_template  # noqa: PLC0415

    if unknown := [each for each in categories if each not in CATEGORIES]:
        raise click.UsageError(f"there is no category {unknown[0]!r}; there are {', '.join(CATEGORIES)}")
    here = open_here((folder / "soc2.yaml").absolute())  # that of the current folder is another one
    known = here.plugins.sources
    in_scope = list(dict.fromkeys(["security", *categories]))
    try:
        declared = declared_of([*sources, "registers"], known)
    except ValueError as error:
        raise click.UsageError(f"--source: {error}") from None
    texts = {"categories": ", ".join(in_scope), "sources": sources_text(declared, known)}
    check_place(here, folder)
    for path, text in _files(system, texts, ci):
        if path != _SAMPLE:
            click.echo(f"{put(folder, path, text)}  {path}")
    click.echo(f"{_ignore(folder)}  .gitignore")
    controls = [each.control for each in here.controls().values()]
    systems = [name for name in declared if name != "registers"]
    for name in needed_registers(controls, known, systems, in_scope):
        said, path = put_template(here, folder, name, form)
        click.echo(f"{said}  {path}")


def _files(system: str, texts: Mapping[str, str], ci: str) -> Iterator[tuple[str, str]]:
    """Path below the programme and text of each file; `texts` are those that soc2.yaml is made with."""
    import json  # noqa: PLC0415  # `--help` needs none of it
    from datetime import UTC, datetime  # noqa: PLC0415
    from importlib.metadata import version  # noqa: PLC0415
    from importlib.resources import files  # noqa: PLC0415

    from soc2test.cli.schema import schemas  # noqa: PLC0415
    from soc2test.sources.loading import load_plugins  # noqa: PLC0415

    values = {
        **texts,
        "system": json.dumps(system, ensure_ascii=False),  # quoted as JSON is valid YAML, whatever the name holds
        "today": f"{datetime.now(UTC):%Y-%m-%d}",
        "version": ".".join(version("soc2test").split(".")[:2]),
    }
    for path, template in (*_TEMPLATES.items(), _CI[ci]):
        text = files("soc2test.cli").joinpath("templates", *template.split("/")).read_text("utf-8")
        for name, value in values.items():
            text = text.replace(f"{{{{{name}}}}}", value)
        yield path, text
    known = schemas(load_plugins().sources)
    for path, name in _SCHEMAS.items():
        if name in known:
            yield path, json.dumps(known[name][1](), indent=2, ensure_ascii=False) + "\n"


def _ignore(folder: Path) -> str:
    """Keep the reports out of git: a line in .gitignore, added where it is missing."""
    target = folder / ".gitignore"
    try:
        before = target.read_text("utf-8") if target.exists() else ""
        if {_IGNORED, f"/{_IGNORED}", _IGNORED.rstrip("/")} & {line.strip() for line in before.splitlines()}:
            return "exists "
        with target.open("a", encoding="utf-8", newline="\n") as file:
            file.write(f"{_IGNORED}\n" if not before or before.endswith("\n") else f"\n{_IGNORED}\n")
    except (OSError, UnicodeDecodeError) as error:
        raise click.ClickException(
            f".gitignore: can't be extended: {error}; add the line {_IGNORED} yourself"
        ) from None
    return "written"


def _advise(folder: Path, first: str, ci: str) -> None:
    root = _repository(folder.resolve())
    if root is not None and root != folder.resolve():
        below = folder.resolve().relative_to(root).as_posix()
        click.echo(f"\n{_AT_THE_TOP[ci].format(path=_CI[ci][0], below=below)}")
    here = "" if folder.resolve() == Path.cwd() else f"cd {folder} && "
    click.echo(
        f"\nNext:\n  {first}\n"
        f"  {here}pytest --soc2        test what is there and list the gaps\n"
        "  soc2test sources     what can be read, and the command for each export\n"
        "  soc2test controls    what is tested\n"
        "  soc2test controls --draft    a first draft of your own controls, which reports then go by"
    )


def _repository(folder: Path) -> Path | None:
    return next((each for each in (folder, *folder.parents) if (each / ".git").exists()), None)
