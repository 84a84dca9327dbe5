"""`--soc2-record`: what a run tested and found, kept in the evidence store before its reports name the record."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from soc2test.programme.programme import Config
from soc2test.run import Recorded, Run

if TYPE_CHECKING:
    from soc2test.pytest_plugin.session import Session
    from soc2test.store.recording import Given

__all__ = ["check_recording", "recorded"]

_WITH = ("store", "redact", "witness", "nonce")
"""options that say something of a recording alone"""


def check_recording(config: pytest.Config, programme: Config) -> None:
    """Raises `pytest.UsageError` where recording is asked for and can't be done, before anything is tested."""
    if not config.getoption("soc2_record"):
        for name in _WITH:
            if config.getoption(f"soc2_{name}"):
                raise pytest.UsageError(f"--soc2-{name} says how to record: add --soc2-record")
        return
    if not (config.getoption("soc2_store") or programme.store):
        raise pytest.UsageError("--soc2-record needs a store: `store: at:` in soc2.yaml, or --soc2-store=DIR_OR_URL")
    from soc2test.store.chain import open_store  # noqa: PLC0415  # only runs that record pay for it
    from soc2test.store.objects import StoreError  # noqa: PLC0415

    try:
        open_store(*_place(config, programme))
    except StoreError as error:
        raise pytest.UsageError(f"the evidence store: {error}") from None


def _place(config: pytest.Config, programme: Config) -> tuple[str, Path]:
    given = config.getoption("soc2_store")
    return (given, config.invocation_params.dir) if given else (programme.store, programme.root)


def recorded(config: pytest.Config, session: "Session", run: Run) -> Recorded:
    """Keep it. Raises `Soc2Error` where it can't be kept: there is no record then."""
    from soc2test.store.chain import open_store  # noqa: PLC0415
    from soc2test.store.recording import record  # noqa: PLC0415

    place, root = _place(config, session.setup.config)
    head = record(open_store(place, root), _given(config, session, run), datetime.now(UTC))
    return Recorded(store=session.veil.own(place), number=head.number, digest=head.digest)


def _given(config: pytest.Config, session: "Session", run: Run) -> "Given":
    from soc2test.reports.control_list import ControlList  # noqa: PLC0415
    from soc2test.reports.findings import Findings  # noqa: PLC0415
    from soc2test.store.recording import Given, Results  # noqa: PLC0415

    programme, loaded = session.setup.config, session.evaluating.loaded
    exports = loaded.inventory.exports()
    results = Results(
        as_of=run.as_of,
        complete=run.complete,
        incomplete_because=run.incomplete_because,
        verdicts={result.id: result.verdict for result in run.controls},
        tool=run.tool,
        controls=ControlList().render(run),
        findings=Findings().render(run),
        documents=loaded.documents,
        programme={"soc2.yaml": programme.digest, **programme.files},
        read={export.path: export.sha256 for export in exports if not export.gone},
        dates=tuple(export.collected_at for export in exports if export.collected_at is not None),
    )
    return Given(
        root=programme.root,
        file=programme.file,
        system=programme.system,
        exports=session.setup.place.folder,
        reading=programme.reading,
        lost=tuple(session.setup.place.lost),
        results=results,
        redacted=config.getoption("soc2_redact"),
        witness=config.getoption("soc2_witness"),
        nonce=config.getoption("soc2_nonce"),
    )
