"""From a programme to what is to be loaded: `pytest --soc2` and `soc2test evidence` read the exports alike."""

from collections.abc import Sequence
from datetime import UTC, timedelta
from pathlib import Path

from soc2test.controls.control import Control
from soc2test.evidence.limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.load import Request
from soc2test.inventory.scopes import Declared
from soc2test.programme.programme import Config
from soc2test.sources.loading import Plugins

__all__ = ["request_for"]


def request_for(
    config: Config | None,
    plugins: Plugins,
    declared: Declared,
    controls: Sequence[Control],
    exports: Path,
    clock: Clock,
) -> Request:
    """What to load for these controls; without a programme with the sources' own ages and the common limits."""
    joined = [kind for control in controls for kind in (*control.populations.values(), *control.seconds)]
    in_own_pass = [control.kind for control in controls if control.kind is not None and control.fixtures]
    own = config.max_age if config else {}
    ages = {
        name: own.get(name) or timedelta(days=source.max_age_days) for name, source in plugins.sources.items()
    }  # fmt: skip
    reading = config.reading if config else ReadLimits()
    return Request(
        exports, plugins.sources, plugins.ask, declared, ages, reading, clock, (*joined, *in_own_pass),
        plugins.unloaded, config.root if config else None, config.zone if config else UTC,
    )  # fmt: skip
