"""What a control's text shows: that it can't fail, or swallows what is unknown. Only what is certain is refused."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from soc2test.controls.packs import LOCAL, load_pack

HEAD = """from contextlib import suppress
import pytest
from soc2test import Identity, Population, control, deviation
def helper(identity): assert identity.mfa
async def wanted(identity): return identity.mfa
GOOD = True

"""


@pytest.fixture(autouse=True)
def _clean_modules() -> Iterator[None]:
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        del sys.modules[name]


def refusal(folder: Path, body: str, takes: str = "identity: Identity", options: str = "") -> str:
    lines = "".join(f"    {line}\n" for line in body.split("\n"))
    head = f'@control("OWN-1", criteria=["CC6.1"]{options})\ndef test_it({takes}):\n    """It holds."""\n'
    (folder / "own.py").write_text(HEAD + head + lines)
    pack = load_pack(LOCAL, folder)
    refused = [text for file in pack.files for text in file.refused.values()]
    return "".join([*refused, *(str(each.error) for each in pack.broken)])


READS_NOTHING = "reads no fact of its identity"
SWALLOWS = "swallows unknown facts"
REFUSED = {
    "pass": READS_NOTHING,
    "assert identity": READS_NOTHING,
    "assert identity is not None": READS_NOTHING,
    "assert not (identity is None)": READS_NOTHING,
    "assert GOOD": READS_NOTHING,
    "if identity and GOOD:\n    pass": READS_NOTHING,
    "return\nassert identity.mfa": READS_NOTHING,
    "if GOOD:\n    return\n    assert identity.mfa": READS_NOTHING,
    "assert lambda: identity.mfa": "asserts a lambda, which is always true",
    "assert (each for each in identity.groups)": "asserts a generator, which is always true",
    "try:\n    assert identity.mfa\nexcept:\n    pass": SWALLOWS,
    "try:\n    assert identity.mfa\nexcept BaseException:\n    pass": SWALLOWS,
    "try:\n    assert identity.mfa\nexcept (ValueError, BaseException) as e:\n    print(e)": SWALLOWS,
    "try:\n    assert identity.mfa\nfinally:\n    return": "drops every failed assert",
    "with suppress(BaseException):\n    assert identity.mfa": "suppresses every exception",
}


@pytest.mark.parametrize(("body", "says"), REFUSED.items(), ids=REFUSED)
def test_a_control_that_cant_fail_is_refused(body: str, says: str, tmp_path: Path) -> None:
    text = refusal(tmp_path, body)
    assert says in text
    assert "control 'OWN-1' (test_it), line " in text


TAKEN = [
    "assert identity.mfa",
    "assert identity.id.startswith('acme')",
    "helper(identity)",
    "assert getattr(identity, 'mfa')",
    "assert [identity][0].mfa",
    "assert (lambda: identity.mfa)()",
    "assert all(each for each in identity.groups)",
    "assert False, 'nobody may be there'",
    "raise ValueError",
    "if GOOD:\n    return\nassert identity.mfa",
    "match identity:\n    case Identity(mfa=True):\n        pass\n    case _:\n        assert False",
    "try:\n    assert identity.mfa\nexcept ValueError:\n    pass",
    "try:\n    assert identity.mfa\nexcept BaseException:\n    raise",
    "try:\n    x = identity.mfa\nexcept BaseException:\n    pytest.fail('no')",
    "with suppress(ValueError):\n    assert identity.mfa",
    "assert locals()['identity'].mfa",
]


@pytest.mark.parametrize("body", TAKEN)
def test_what_may_be_right_is_taken(body: str, tmp_path: Path) -> None:
    assert refusal(tmp_path, body) == ""


@pytest.mark.parametrize(
    ("takes", "options"),
    [
        ("identity: Identity, others: Population[Identity]", ""),
        ("identity: Identity, inventory_of_ours", ""),
        ("identity: Identity", ", where=lambda identity: identity.admin"),
    ],
)
def test_a_control_may_judge_by_what_else_it_takes(takes: str, options: str, tmp_path: Path) -> None:
    assert refusal(tmp_path, "assert GOOD", takes, options) == ""


@pytest.mark.parametrize("where", ["lambda identity: (yield)", "wanted"])
def test_a_where_that_is_never_run_is_refused(where: str, tmp_path: Path) -> None:
    text = refusal(tmp_path, "assert identity.mfa", options=f", where={where}")
    assert "`where` must be a plain function" in text
