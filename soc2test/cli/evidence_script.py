"""`soc2test evidence --format sh`: the commands for what is missing, as a shell script to read and then run."""

import shutil
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from shlex import quote
from typing import Any

from soc2test.collecting.calls import Call, Stage

__all__ = ["as_script"]

Record = dict[str, Any]


def as_script(
    stages: Sequence[Stage], later: Sequence[tuple[str, str]], found: Record, exports: Path, args: Sequence[str]
) -> str:
    """The script: `exports` is the folder to write to, `args` further arguments of `soc2test seal`.

    `later` holds what is no call that can be made now (text, file), and stands in it as comments.
    """
    head = _head().replace("@EXPORTS@", quote(str(exports))).replace("@SOC2TEST@", quote(_program()))
    lines = [*_needs(stages), *_date(found, exports)]
    for stage in stages:
        lines += _stage(stage, exports)
    lines += [f"# {text}: {_comment(_place(exports, file))}" for text, file in later]
    if stages:
        lines.append("finish")
    further = "".join(f" {quote(word)}" for word in args)
    return head.replace("@SEAL@", further) + "\n".join(lines) + "\n"


@cache
def _head() -> str:
    return files("soc2test").joinpath("cli/templates/collect.sh").read_text("utf-8")


def _program() -> str:
    """What to call: by its name where the shell finds it, else the one beside the interpreter that runs this."""
    beside = Path(sys.executable).with_name("soc2test")
    return str(beside) if shutil.which("soc2test") is None and beside.exists() else "soc2test"


def _needs(stages: Sequence[Stage]) -> Iterator[str]:
    """Variables and tools first, for those who read."""
    tools = {f"{tool.name} {tool.lowest}": None for stage in stages for tool in stage.tools}
    if tools:
        yield f"# needs {', '.join(sorted(tools))}"
    variables = {name: text for stage in stages for name, text in stage.variables.items()}
    for name, text in sorted(variables.items()):
        yield f"# needs the variable {name}: {_comment(text)}"
    if variables:
        yield f"needs {' '.join(sorted(variables))}"
    if stages:
        yield "begin"


def _date(found: Record, exports: Path) -> Iterator[str]:
    """A manifest dates all that does not say itself when it was taken: not to be made where that would be a lie."""
    manifest = exports / "manifest.yaml"
    if manifest.exists():
        yield f"# {_comment(str(manifest))} is there: what is collected now is named in it with its own date"
    elif all(each["collected_at"] for each in found["evidence"]):
        text = """printf 'collected_at: %s\\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" >"""
        yield f"mkdir -p {quote(str(exports))}\n{text}{quote(str(manifest))}"


def _stage(stage: Stage, exports: Path) -> Iterator[str]:
    yield f"\nscope {quote(stage.name)}"
    for name, value in stage.environment.items():
        yield f"export {name}={quote(value)}"
    for tool in stage.tools:
        yield f"tool {quote(tool.name)} {tool.lowest} {quote(tool.command)}"
    if stage.whoami is not None:
        words = (_place(exports, stage.whoami.file), stage.whoami.command, stage.whoami.pattern, stage.whoami.who)
        yield f"identity {' '.join(map(quote, words))}"
    for call in stage.calls:
        yield from _call(call, exports)


def _call(call: Call, exports: Path) -> Iterator[str]:
    if call.before is not None:
        yield f"prepare {' '.join(map(quote, call.before))}"
    if call.again is not None:
        yield f"again {' '.join(map(quote, call.again))}"
    yield f"save {quote(_place(exports, call.file))} {quote(call.command)}"


def _place(exports: Path, file: str) -> str:
    return f"{exports}/{file.removeprefix('exports/')}"


def _comment(text: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in text)
