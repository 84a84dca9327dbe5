"""`soc2test verify`: whether an evidence pack is what it says, and what that does not cover."""

from pathlib import Path

import click

__all__ = ["command"]


@click.command("verify")
@click.argument("pack", type=click.Path(path_type=Path))
@click.option(
    "--head",
    "heads",
    metavar="NUMBER:DIGEST",
    multiple=True,
    help="A head that somebody else wrote down: it must be there.",
)
@click.option(
    "--key",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The public key (PEM) that the pack has to be signed by.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def command(ctx: click.Context, pack: Path, heads: tuple[str, ...], key: Path | None, form: str) -> None:
    """Hash each file of PACK (a folder or a zip file), follow the chain of its records, and say what is not covered.

    Nothing in the pack is run, and nothing that it says of itself is taken on trust. Whatever can't be read is not
    verified.

    Exit codes: 0 verified as far as is said, 1 something is not as it says, 2 wrong usage.
    """
    from soc2test.cli.output import as_json  # noqa: PLC0415
    from soc2test.pack.names import PackError  # noqa: PLC0415
    from soc2test.pack.opening import opened  # noqa: PLC0415
    from soc2test.pack.verifying import verify  # noqa: PLC0415
    from soc2test.store.records import parse_head  # noqa: PLC0415

    try:
        given = [parse_head(text) for text in heads]
    except ValueError as error:
        raise click.UsageError(f"--head: {error}") from None
    try:
        with opened(pack) as folder:
            verified = verify(folder, given, key)
    except PackError as error:
        raise click.ClickException(f"NOT VERIFIED: {error}") from None
    if form == "json":
        from msgspec import to_builtins  # noqa: PLC0415

        click.echo(as_json(to_builtins(verified)))
        ctx.exit(1 if verified.wrong else 0)
    for text in verified.wrong:
        click.echo(f"wrong: {text}")
    click.echo(f"{verified.files} files hashed, {verified.records} records in the chain")
    if verified.about is not None:
        click.echo(f"{verified.about.system}, {verified.about.period}, head {verified.about.head}")
    click.echo("Not covered:")
    for text in verified.not_covered:
        click.echo(f"  {text}")
    click.echo("NOT VERIFIED" if verified.wrong else "verified: each file is what the pack's sums and its chain say")
    ctx.exit(1 if verified.wrong else 0)
