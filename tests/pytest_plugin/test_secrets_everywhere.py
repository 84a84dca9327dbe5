"""The figure: kinds of secrets x encodings x channels, and of the listed kinds none leaks (`make secrets` prints it)."""

import pytest
from programmes import Programme
from secret_figures import ENCODINGS, FORMATS, KINDS, leaks, said

ARTIFACTS = [
    "matrix.json",
    "matrix.md",
    "matrix.html",
    "junit.xml",
    "findings.ndjson",
    "controls.ndjson",
    "evidence.ndjson",
]
CHANNELS = {
    "stdout", *(f"soc2-report/{name}" for name in ARTIFACTS), "out.xml", "out.log", "out.md",
    *(f"evidence, {form}, stdout" for form in FORMATS),
}  # fmt: skip


@pytest.mark.parametrize(
    "form", [pytest.param(form, marks=() if form == "percent" else pytest.mark.long) for form in ENCODINGS]
)
def test_no_kind_in_no_encoding_leaves_on_no_channel(
    programme: Programme, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    channels = said(programme, form)
    assert channels.keys() >= CHANNELS
    assert "[redacted GitHub token]" in channels["stdout"]
    found = leaks(channels)
    with capsys.disabled():
        print(f"\nsecrets: {len(KINDS)} cases in {form} on {len(channels)} channels: {len(found)} leaks")
        print("".join(f"  {leak}\n" for leak in found), end="")
    assert found == []
