"""`--soc2-record`: what a run tested and found, kept in the evidence store before its reports name the record."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from soc2test.errors import Soc2Error
from soc2test.pytest_plugin.record_options import place_of_store
from soc2test.pytest_plugin.session import Session
from soc2test.run import Recorded, Run, Since

if TYPE_CHECKING:
    from soc2test.store.recording import Given

__all__ = ["recorded", "since", "why_not"]


def recorded(config: pytest.Config, session: Session, run: Run) -> Recorded:
    """Keep it. Raises `Soc2Error` where it can't be kept: there is no record then."""
    from soc2test.store.chain import open_store  # noqa: PLC0415
    from soc2test.store.recording import record  # noqa: PLC0415

    place, root = place_of_store(config, session.setup.config)
    head = record(open_store(place, root), _given(config, session, run), datetime.now(UTC))
    return Recorded(store=session.veil.own(place), number=head.number, digest=head.digest)


def since(config: pytest.Config, session: Session, record: Recorded) -> Since | None:
    """What changed from the run that the store keeps before this one; None where it keeps none that can be read.

    A record that can't be read is `soc2test store check`'s to tell of: this run was recorded all the same.
    """
    from soc2test.comparing.last_run import since_last  # noqa: PLC0415
    from soc2test.store.chain import open_store  # noqa: PLC0415

    place, root = place_of_store(config, session.setup.config)
    try:
        return since_last(open_store(place, root), record.number)
    except Soc2Error:
        return None


def why_not(error: Soc2Error) -> str:
    """What a run says where it could not record."""
    from soc2test.store.objects import Unsure  # noqa: PLC0415

    known = "it is not known whether anything was recorded" if isinstance(error, Unsure) else "nothing was recorded"
    return f"{known}: {error}"


def _given(config: pytest.Config, session: Session, run: Run) -> "Given":
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
        unclaimed=frozenset(each.path for each in loaded.unclaimed),
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
        url=session.setup.place.url,
        reading=programme.reading,
        lost=tuple(session.setup.place.lost),
        results=results,
        redacted=config.getoption("soc2_redact"),
        witness=config.getoption("soc2_witness"),
        nonce=config.getoption("soc2_nonce"),
    )
