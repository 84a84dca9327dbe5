"""What an exception of a control's body means where pytest is there, whose own ones controls may raise too."""

import pytest

from soc2test.controls.packs import INSTEAD
from soc2test.evaluation.running import Raises

__all__ = ["RAISES"]

RAISES = Raises(
    deviation=(AssertionError, pytest.fail.Exception),
    error=(Exception, SystemExit, pytest.skip.Exception, pytest.xfail.Exception),
    said=(
        (
            pytest.skip.Exception,
            f"called pytest.skip, which would hide a verdict: leave what it is not for out with where=; {INSTEAD}",
        ),
        (pytest.xfail.Exception, "called pytest.xfail, which would hide a verdict"),
    ),
)
