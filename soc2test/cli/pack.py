"""`soc2test pack`: the evidence of a period with the tests over it, for the auditor to verify and to run again."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from soc2test.pack.restricted import Read

__all__ = ["command"]


@click.command("pack")
@click.argument("target", metavar="DIR_OR_ZIP", type=click.Path(path_type=Path))
@click.option("--period", metavar="FIRST..LAST", required=True, help="The period, as for `pytest --soc2-period`.")
@click.option("--report-date", metavar="DATE", help="What became known up to this day counts (as --soc2-report-date).")
@click.option(
    "--config", "file", metavar="FILE", type=click.Path(path_type=Path), help="The programme (default: soc2.yaml here)."
)
@click.option("--store", "place", metavar="DIR_OR_URL", help="The evidence store (default: `store: at:` of soc2.yaml).")
@click.option(
    "--sign",
    "uri",
    metavar="URI",
    help="Sign it with this private key: file2:KEY.pem, hsm:, awskms:, gcpkms:, azurekms:.",
)
@click.option(
    "--public-key",
    "public",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="With --sign: its public half, as PEM.",
)
def command(  # one for each option
    target: Path, period: str, report_date: str | None, file: Path | None, place: str | None, uri: str | None,
    public: Path | None,
) -> None:  # fmt: skip
    """Put a period's evidence, the tests over it and what they found into DIR_OR_ZIP, which is not there yet.

    Management prepares it for its auditor: the programme's files, the whole evidence store, the report of the tests,
    which are run for it, the records and every file of every snapshot as lists, and a guide. Vendors' own reports are
    left out by name and digest. The same store gives the same bytes, but for a signature. Look through it before you
    hand it on: exports are in it as they were recorded.

    `soc2test verify` checks a pack, `soc2test rerun` runs its tests again.

    Exit codes: 0 made, 1 it can't be made, 2 wrong usage.
    """
    from soc2test.cli.record import programme_here, store_of  # noqa: PLC0415  # not for `--help`
    from soc2test.errors import Soc2Error  # noqa: PLC0415
    from soc2test.pack.making import Asked, make  # noqa: PLC0415

    if (uri is None) != (public is None):
        raise click.UsageError("--sign and --public-key stand together: the signature is held against the public key")
    here = programme_here(file)
    here.report()
    config = here.config
    if config is None:
        raise click.ClickException("no pack was made: soc2.yaml is wrong, see above")
    try:
        asked = Asked(
            root=config.root,
            file=config.file,
            system=config.system,
            store=store_of(here, place),
            period=period,
            report_date=report_date,
            vendors_of=_vendors_of,
            signing=(uri, public) if uri is not None and public is not None else None,
        )
        about = make(asked, target)
    except Soc2Error as error:
        raise click.ClickException(f"no pack was made: {error}") from None
    except OSError as error:
        raise click.ClickException(f"no pack was made: {error.filename or target}: {error.strerror}") from None
    for each in about.left_out:
        click.echo(f"left out  {each.path}: {each.because}")
    click.echo(f"{target}: {about.system}, {about.period}")
    click.echo(f"head {about.head}: give it to the auditor by another way than the pack")


def _vendors_of(root: Path) -> "Read":
    """What the register of vendors of a programme in this folder tells."""
    from soc2test.cli.evidence import clock_of, load  # noqa: PLC0415
    from soc2test.cli.here import open_here  # noqa: PLC0415
    from soc2test.pack.restricted import Read  # noqa: PLC0415
    from soc2test.resources.kinds.governance import Vendor  # noqa: PLC0415

    here = open_here(root / "soc2.yaml")
    inventory = load(here, root / "exports", clock_of(None), of_any_age=True).inventory
    whole = here.config is not None and not inventory.gaps(Vendor)
    return Read(vendors=tuple(inventory.in_memory(Vendor)), whole=whole)
