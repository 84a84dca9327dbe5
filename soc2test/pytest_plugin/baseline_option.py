"""`--soc2-baseline`: the known deviations of a run, read before anything is tested."""

import pytest

from soc2test.errors import ProgrammeError
from soc2test.programme.baseline import Baseline, load_baseline

__all__ = ["baseline_asked"]


def baseline_asked(config: pytest.Config) -> Baseline | None:
    """The baseline that is given; None where none is. Raises `pytest.UsageError`.

    What is recorded, and what a period is tested over, is for others to rely on: nothing is held back there.
    """
    given = config.getoption("soc2_baseline")
    if not given:
        return None
    for option in ("--soc2-record", "--soc2-period"):
        if config.getoption(option.removeprefix("--").replace("-", "_")):
            raise pytest.UsageError(f"--soc2-baseline holds deviations back, and {option} is evidence: leave one out")
    try:
        return load_baseline(config.invocation_params.dir / given)
    except ProgrammeError as error:
        raise pytest.UsageError(f"--soc2-baseline: {error}") from None
