"""Coverage-guided fuzzing of the readers with atheris: `make fuzz`. The seeds are those of the tests.

The first byte of an input chooses the sort of file, so that one corpus serves all. What it finds is written to the
folder build/fuzz; add it to PIECES or SEEDS in `tests/fuzz_inputs.py`, where the tests try it for ever.
"""

import sys
import tempfile
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

with atheris.instrument_imports(include=["soc2test"]):
    from fuzz_checks import CHECKS
from fuzz_inputs import PIECES, SEEDS

SORTS = sorted(CHECKS)
FOLDER = Path(tempfile.mkdtemp(prefix="fuzz-"))


def one_input(data: bytes) -> None:
    """What atheris calls with each input; an exception is a finding."""
    if data:
        CHECKS[SORTS[data[0] % len(SORTS)]](data[1:], FOLDER)


def write_seeds(folder: Path) -> None:
    """Whole files of each sort, and a dictionary of what breaks parsers."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, sort in enumerate(SORTS):
        for count, seed in enumerate(SEEDS[sort]):
            (folder / f"{sort}-{count}").write_bytes(bytes([number]) + seed)
    words = ["".join(f"\\x{byte:02x}" for byte in piece) for piece in PIECES if len(piece) < 60]
    (folder.parent / "dictionary").write_text("".join(f'"{word}"\n' for word in words))


if __name__ == "__main__":
    corpus = Path("build/fuzz/corpus")
    write_seeds(corpus)
    settings = ["-dict=build/fuzz/dictionary", "-artifact_prefix=build/fuzz/found-", "-max_len=4096", "-timeout=20"]
    atheris.Setup([sys.argv[0], *settings, *sys.argv[1:], str(corpus)], one_input)
    atheris.Fuzz()
