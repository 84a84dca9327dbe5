"""What is asked for and is not there is a usage error with the way out, before anything is evaluated."""

import pytest
from programmes import Programme

GOOD = '''
@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_things_are_good(thing: Thing):
    """Every thing is good."""
    assert thing.good
'''


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("--soc2-control=own-1",), "no loaded control has the id 'own-1'; did you mean 'OWN-01'?"),
        (("--soc2-criterion=CC6.11",), "there is no criterion 'CC6.11'; did you mean 'CC6.1'?"),
        (("--soc2-exports=nowhere",), "--soc2-exports: there is no folder nowhere"),
    ],
)
def test_an_option_that_names_nothing(programme: Programme, args: tuple[str, ...], says: str) -> None:
    programme.policy(GOOD)
    result = programme.run(*args)
    assert result.ret == 4
    assert says in result.stderr.str()


def test_exports_that_are_named_and_not_there(programme: Programme) -> None:
    programme.policy(GOOD)
    programme.things({"id": "a", "good": True})
    programme.write("soc2.yaml", "system: Test\nexports: exprots\nsources: {things: {orgs: [one]}}\n")
    result = programme.run()
    assert result.ret == 4
    assert "soc2.yaml:2: exports: there is no folder exprots beside this file" in result.stderr.str()


def test_a_new_programme_has_no_exports_yet(programme: Programme) -> None:
    programme.policy(GOOD)
    assert programme.run().ret == 1
    assert programme.verdict("OWN-01") == "not_evaluated"
