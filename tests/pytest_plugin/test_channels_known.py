"""A new way out of the framework is met by a test of its own: no module writes that the tests of channels don't know."""

import ast
from collections.abc import Iterator
from pathlib import Path

import soc2test

ROOT = Path(soc2test.__file__ or "").parent
OUT = {
    "print", "echo", "secho", "open", "fdopen", "write", "writelines", "write_text", "write_bytes", "write_line",
    "NamedTemporaryFile", "mkstemp", "print_exc", "warn", "getLogger", "dump", "Popen", "check_output", "system", "pager", "copyfile",
}  # fmt: skip
"""names of functions and methods by which a text leaves a process"""
KNOWN = {
    # the console of the command, behind `veiled` in cli/main.py
    "cli/controls.py": {"echo"}, "cli/data.py": {"echo"}, "cli/gaps.py": {"echo"},
    "cli/criteria.py": {"echo"}, "cli/evidence.py": {"echo"}, "cli/here.py": {"echo"},
    "cli/kinds.py": {"echo"}, "cli/lint.py": {"echo"}, "cli/prove.py": {"echo"}, "cli/schema.py": {"echo"}, "cli/sources.py": {"echo"}, "cli/main.py": {"print_exc"},
    "cli/init.py": {"echo", "open", "write"}, "cli/init_plugin.py": {"echo"}, "cli/putting.py": {"open", "write"},  # its own templates
    "cli/init_register.py": {"echo", "open", "write"},  # templates, with logins and addresses where they are asked for
    "cli/seal.py": {"echo"}, "cli/collecting.py": {"echo"},
    "cli/permissions.py": {"echo"},  # what plugins declare, and nothing of an export
    # answers of vendors, as exports are: what they hold no report shows
    "collecting/asking.py": {"open", "write"}, "collecting/begun.py": {"write_text"}, "collecting/http_calls.py": {"open", "write"},
    "collecting/keeping.py": {"open", "write", "write_text"}, "collecting/processes.py": {"Popen", "open"},
    "cli/sample.py": {"echo", "open", "write"},  # rows of lists that were looked at when they were written
    "cli/baseline.py": {"echo", "write_text"},  # ids and resources of findings.ndjson, which passed the veil
    "cli/draft.py": {"open", "write"},  # titles of tests, in a file of the programme: test_cli_channels.py
    "cli/waive.py": {"echo"}, "cli/waiver_entry.py": {"open", "write"},  # an entry for waivers.yaml: test_waive.py
    "cli/record.py": {"echo"}, "cli/store.py": {"echo"}, "cli/diff.py": {"echo"}, "cli/history.py": {"echo"},  # test_cli_channels.py
    "cli/pack.py": {"echo"}, "cli/verify.py": {"echo"}, "cli/rerun.py": {"echo"}, "cli/summary.py": {"echo"},  # the same
    # an evidence pack: a copy of the store, of the programme and of artifacts; its lists hold names and digests
    "pack/copying.py": {"write_bytes"}, "pack/making.py": {"write_text", "write_bytes"}, "pack/restricted.py": {"write_bytes"},
    "pack/rerunning.py": {"open"}, "pack/signing.py": {"open"}, "pack/sums.py": {"open"}, "pack/verifying.py": {"open"}, "pack/zipping.py": {"open", "write"},
    # exports as they are, which is what an evidence store is for: docs/evidence-store.md says who may read it
    "store/folder.py": {"mkstemp", "open", "write"}, "store/restoring.py": {"open", "write"}, "period/working_copy.py": {"open", "write_bytes"}, "store/recording.py": {"open"},
    # a manifest: names, digests and counts of files
    "cli/sealing.py": {"open", "write"}, "evidence/manifest_text.py": {"write", "NamedTemporaryFile"},
    # the console of a run and GitHub's step summary: test_channels.py
    "pytest_plugin/ending.py": {"write"}, "pytest_plugin/console.py": {"open", "write", "write_line"},
    "pytest_plugin/outlets.py": {"write"},
    "pytest_plugin/junitxml.py": {"write_bytes"},
    "testing.py": {"write_text"},  # an answer that a test gives, in a private folder while it is read
    "period/lines_between.py": {"dump", "write"},  # to a process of the same run, in memory
    # opened for reading
    "evidence/content.py": {"fdopen"}, "evidence/files.py": {"open"}, "evidence/streamed.py": {"fdopen"},
    "evidence/zip_members.py": {"fdopen"}, "evidence/documents.py": {"open"}, "code_reading/modules.py": {"open"}, "regular.py": {"open"},
    # words of our own alone
    "pytest_plugin/starting.py": {"write"}, "pytest_plugin/sudden_end.py": {"write"}, "progress/line.py": {"write"}, "progress/stream.py": {"write"},
    "folder_lock.py": {"open"}, "artifact_sets.py": {"open", "write_text"},  # names of artifacts
    "proving/saved.py": {"write_text"},  # names of kinds and facts, which stand in code
    "controls/comparisons.py": {"dump"}, "controls/tautology.py": {"dump"},  # of a syntax tree, into a text
    "remote/stores.py": {"getLogger"},  # to keep libraries quiet: tests/remote/test_mirror.py
    # lists of populations: test_secrets_and_people.py and test_population_lists.py read them
    "listing/finishing.py": {"open", "write"}, "listing/folder.py": {"write_text"},
    "listing/spool.py": {"open", "write"},  # in a private folder while a run goes on
    # artifacts: test_channels.py reads every file that a run leaves
    "reports/publish.py": {"open", "write", "writelines", "NamedTemporaryFile"},
}  # fmt: skip


def ways_out(file: Path) -> Iterator[str]:
    """The names of what may write that a module calls."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in OUT:
                yield name


def test_every_way_out_is_known() -> None:
    found = {
        file.relative_to(ROOT).as_posix(): names
        for file in sorted(ROOT.rglob("*.py"))
        if "templates" not in file.parts and (names := set(ways_out(file)))
    }
    assert found == KNOWN
