"""Files that a command writes for people to change: what exists is never touched."""

from pathlib import Path

import click

__all__ = ["put"]


def put(folder: Path, path: str, text: str) -> str:
    """Write one file unless something is there already, a dangling link too; says what was done."""
    target = folder / path
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        if not target.parent.is_dir():
            raise click.ClickException(f"{path}: its folder can't be made, a file is in the way") from None
        return "exists "
    except OSError as error:
        raise click.ClickException(f"{path}: can't be written: {error.strerror}") from None
    return "written"
