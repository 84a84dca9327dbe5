"""A call of `pending` that can't be right is refused where the control is loaded; any other is judged when it runs."""

from pathlib import Path

import pytest

from soc2test.controls.packs import LOCAL, load_pack

HEAD = """import soc2test
from datetime import timedelta
from soc2test import Identity, control, pending
from soc2test import pending as later

"""


def refusal(folder: Path, call: str, nature: str, end: str) -> str:
    (folder / "own.py").write_text(
        f'{HEAD}@control("OWN-1", criteria=["CC6.1"], nature="{nature}")\ndef test_it(identity: Identity, as_of):\n'
        f'    """It holds."""\n    due = identity.created_at\n'
        f"    if identity.active and as_of <= due:\n        {call}\n    {end}\n"
    )
    pack = load_pack(LOCAL, folder)
    return "".join(
        [*(text for file in pack.files for text in file.refused.values()), *(str(e.error) for e in pack.broken)]
    )


NO_END = "pending() does not say when its limit ends; write pending(text, until="
STATE = "it is the test of a state and calls pending()"
NEVER = "the end of its limit is counted from as_of, and never comes"


@pytest.mark.parametrize(
    ("call", "nature", "says"),
    [
        ('pending("not yet")', "event", NO_END),
        ('later("not yet")', "event", NO_END),
        ('soc2test.pending("not yet")', "occurrence", NO_END),
        ('pending("not yet", until=due)', "state", STATE),
        ('soc2test.pending("not yet", until=due)', "state", STATE),
        ('pending("not yet", until=as_of + timedelta(days=1))', "event", NEVER),
        ('pending("not yet", until=max(due, as_of))', "event", NEVER),
        ('pending("not yet", until=due)', "event", ""),
        ('pending(f"not yet at {as_of}", until=due)', "occurrence", ""),
        ('pending("not yet", **{"until": due})', "event", ""),
    ],
)
def test_what_waits_wrongly_is_refused(call: str, nature: str, says: str, tmp_path: Path) -> None:
    found = refusal(tmp_path, call, nature, "assert identity.mfa")
    assert says in found
    assert says or not found


def test_what_only_waits_never_fails(tmp_path: Path) -> None:
    assert "asserts nothing that could be false" in refusal(tmp_path, 'pending("x", until=due)', "event", "return")
