"""What a shell offers for `soc2test`: commands, options, their choices, and the names that a command takes."""

import pytest
from click.testing import CliRunner

from soc2test.cli.main import main
from soc2test.criteria import CRITERIA


def offered(*words: str) -> list[str]:
    """What is offered for the last of the words."""
    environment = {
        "_SOC2TEST_COMPLETE": "bash_complete", "COMP_WORDS": " ".join(["soc2test", *words]), "COMP_CWORD": str(len(words)),
    }  # fmt: skip
    result = CliRunner().invoke(main, [], prog_name="soc2test", env=environment)
    return [line.partition(",")[2] for line in result.output.splitlines() if line]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("ver",), ["verify"]),
        (("controls", "--dr"), ["--draft"]),
        (("init", "--ci", "g"), ["github", "gitlab"]),
        (("criteria", "cc6.1"), ["CC6.1"]),
        (("controls", "--criterion", "A1."), ["A1.1", "A1.2", "A1.3"]),
        (("controls", "IAM-07"), ["IAM-07"]),
        (("history", "IAM-07"), ["IAM-07"]),
        (("sources", "kan"), ["kandji"]),
        (("permissions", "okta", "kan"), ["kandji"]),
        (("kinds", "trainingr"), ["TrainingRecord"]),
        (("controls", "nothing"), []),
    ],
)
def test_what_begins_so_is_offered(words: tuple[str, ...], expected: list[str]) -> None:
    assert offered(*words) == expected


def test_all_are_offered_where_nothing_is_typed_yet() -> None:
    assert set(offered("criteria", "")) == set(CRITERIA)
