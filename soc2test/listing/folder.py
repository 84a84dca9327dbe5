"""`populations/` in the report folder: the lists of a run, a sheet about each, and an index of both.

They are taken away when a run starts and written before the other artifacts say that it has ended, so that a matrix
never stands beside the lists of another run. What else lies in the folder stays.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from soc2test.artifact_sets import LISTS, LISTS_INDEX, withdraw_lists
from soc2test.errors import Soc2Error
from soc2test.listing.sheets import Sheet, as_markdown
from soc2test.reports.plain import plain
from soc2test.reports.text import json_dump
from soc2test.run import DISCLAIMER, Run

__all__ = ["close_folder", "open_folder"]


def open_folder(report: Path, controls: Iterable[str]) -> Path:
    """The folder, without what an earlier run wrote into it, for the lists of these controls.

    The index comes first: it names what belongs to it, also where the run is killed in between. Raises `Soc2Error`.
    """
    folder = report / LISTS
    try:
        withdraw_lists(report)
        if folder.is_symlink():
            raise Soc2Error(f"report folder: {LISTS}/ is a symbolic link; remove it")
        folder.mkdir(exist_ok=True)
        _write_index(folder, {"state": "started", "files": _files(controls)})
    except OSError as error:
        raise _refused(error) from error
    return folder


def close_folder(folder: Path, sheets: Iterable[Sheet], without: Iterable[tuple[str, str]], run: Run) -> None:
    """Write a sheet beside each list, and the index; `without` are controls that have none, with the reason.

    Raises `Soc2Error`.
    """
    sheets = list(sheets)
    try:
        for sheet in sheets:
            (folder / f"{sheet.control}.md").write_text(as_markdown(sheet, run), encoding="utf-8")
        index = {
            "state": "finished",
            "files": _files(sheet.control for sheet in sheets),
            "as_of": plain(run.as_of),
            "held_back": run.held_back.text if run.held_back is not None else None,
            "lists": [plain(sheet) for sheet in sheets],
            "without": [{"control": control, "reason": reason} for control, reason in sorted(without)],
            "disclaimer": DISCLAIMER,
        }
        _write_index(folder, index)
    except OSError as error:
        raise _refused(error) from error


def _files(controls: Iterable[str]) -> list[str]:
    return [f"{control}.{suffix}" for control in sorted(controls) for suffix in ("csv", "md")]


def _write_index(folder: Path, index: Mapping[str, object]) -> None:
    text = json_dump({"schema": "populations/1", **index}, indent=1)
    (folder / LISTS_INDEX).write_text(f"{text}\n", encoding="utf-8")


def _refused(error: OSError) -> Soc2Error:
    return Soc2Error(f"report folder: {LISTS}/ can't be written: {error.strerror}")
