"""What each test of a period does without."""

import pytest

from soc2test.store import recording


@pytest.fixture(autouse=True)
def no_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    """A company in pytest's folder lies in no repository, which git would have to say on each of its days."""
    monkeypatch.setattr(recording, "commit_of", lambda root: (None, None))
