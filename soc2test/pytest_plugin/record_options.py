"""The options of `--soc2-record`: what they ask for, and whether that can be done, before anything is tested."""

from pathlib import Path

import pytest

from soc2test.programme.programme import Config

__all__ = ["check_recording", "place_of_store"]

_WITH = ("store", "redact", "witness", "nonce")
"""options that say something of a recording alone"""


def check_recording(config: pytest.Config, programme: Config) -> None:
    """Raises `pytest.UsageError` where recording is asked for and can't be done, before anything is tested."""
    if not config.getoption("soc2_record"):
        for name in _WITH:
            if config.getoption(f"soc2_{name}") and not (name == "store" and config.getoption("soc2_period")):
                raise pytest.UsageError(f"--soc2-{name} says how to record: add --soc2-record")
        return
    if not (config.getoption("soc2_store") or programme.store):
        raise pytest.UsageError("--soc2-record needs a store: `store: at:` in soc2.yaml, or --soc2-store=DIR_OR_URL")
    from soc2test.store.chain import open_store  # noqa: PLC0415  # only runs that record pay for it
    from soc2test.store.objects import StoreError  # noqa: PLC0415

    try:
        open_store(*place_of_store(config, programme))
    except StoreError as error:
        raise pytest.UsageError(f"the evidence store: {error}") from None


def place_of_store(config: pytest.Config, programme: Config) -> tuple[str, Path]:
    """Where the evidence store is, and what that is relative to."""
    given = config.getoption("soc2_store")
    return (given, config.invocation_params.dir) if given else (programme.store, programme.root)
