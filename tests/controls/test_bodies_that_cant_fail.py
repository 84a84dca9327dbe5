"""What a control's text shows: that it can't fail, or swallows what is unknown. Only what is certain is refused."""

from pathlib import Path

import pytest

from soc2test.controls.packs import LOCAL, load_pack

HEAD = """from contextlib import suppress
import pytest
from soc2test import Identity, Population, control, deviation, normal_email
import contextlib
import threading
LOCK = threading.Lock()
yes = lambda identity: True
def helper(identity): assert identity.mfa
def told(identity): return identity.mfa
async def wanted(identity): return identity.mfa
GOOD = True
TAKES = (AssertionError, ValueError)
def answers(identity): return told(identity) and len(identity.groups) < 3
def ping(identity): return pong(identity)
def pong(identity): return ping(identity)
def fails(identity):
    if not identity.mfa: pytest.fail("no second factor")
def asks(identity): helper(identity)
class Quiet:
    def __enter__(self): return self
    def __exit__(self, *error): return True
class Loud:
    def __enter__(self): return self
    def __exit__(self, *error): return False
@contextlib.contextmanager
def hushed():
    try: yield
    except AssertionError: pass
@contextlib.contextmanager
def passed_on():
    try: yield
    finally: print("done")
from contextlib import suppress as hide
BOTH = (True, False)
EXPECTED = (KeyError, AssertionError)
quiet = suppress
def always(identity): return True
def one_by_one(identity): yield identity.mfa
@contextlib.contextmanager
def left():
    try: yield
    finally: return
def told_twice(identity): return told(identity) or identity.human
@contextlib.contextmanager
def caught():
    try:
        yield
    except AssertionError:
        pass
@contextlib.contextmanager
def noted():
    wrong = []
    try:
        yield wrong
    except ValueError:
        pass
def lowered(): return suppress(AssertionError)
@contextlib.contextmanager
def around():
    with suppress(AssertionError): yield
@contextlib.contextmanager
def beside():
    with suppress(AssertionError): print("begun")
    yield
QUIET = Quiet()
class Timed(Quiet):
    def __exit__(self, *error): print(error)
class Choosy(Quiet):
    def __exit__(self, kind, *error): return kind is ValueError
class Careful(Quiet):
    def __exit__(self, kind, *error): return kind is AssertionError
from json import loads as library
from typing import NewType
from soc2test import Resource
Nick = NewType("Nick", str)
class Door(Resource, frozen=True):
    nick: Nick | int
kept = pytest.importorskip("re").compile

"""


def refusal(folder: Path, body: str, takes: str = "identity: Identity", options: str = "") -> str:
    lines = "".join(f"    {line}\n" for line in body.split("\n"))
    head = (
        f'@control("OWN-1", criteria=["CC6.1"], nature="state"{options})\ndef test_it({takes}):\n    """It holds."""\n'
    )
    (folder / "own.py").write_text(HEAD + head + lines)
    pack = load_pack(LOCAL, folder)
    refused = [text for file in pack.files for text in file.refused.values()]
    return "".join([*refused, *(str(each.error) for each in pack.broken)])


READS_NOTHING = "reads no fact of its identity"
SWALLOWS = "swallows unknown facts"
SWALLOWED = "swallows the assert"
ASSERTS_NOTHING = "asserts nothing that could be false"
NOT_ASSERTED = "is compared and not asserted"
TRUE = "which is always true"
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
    "try:\n    assert identity.mfa\nexcept (ValueError,) + (AssertionError,):\n    pass": SWALLOWED,
    "try:\n    assert identity.mfa\nexcept (AssertionError,) + TAKES:\n    pass": SWALLOWED,
    "assert [1, 1] != [1] or identity.mfa": TRUE,
    "assert (1, 2) != [1, 2] or identity.mfa": TRUE,
    "assert {1, 1} == {1} or identity.mfa": TRUE,
    # a comparison, or what Python answers, without `assert`
    "identity.mfa == True": NOT_ASSERTED,
    "identity.mfa is True": NOT_ASSERTED,
    "assert identity.mfa\nidentity.name == 'x'": NOT_ASSERTED,
    "if GOOD:\n    'x' in identity.groups\nassert identity.mfa": NOT_ASSERTED,
    "not identity.admin": NOT_ASSERTED,
    "identity.mfa and not identity.admin": NOT_ASSERTED,
    "all(each for each in identity.groups)": NOT_ASSERTED,
    "identity.name.startswith('svc-')": NOT_ASSERTED,
    "isinstance(identity.mfa, bool)": NOT_ASSERTED,
    # what is asserted is always true
    "assert identity.mfa or 'needs a second factor'": f"`... or` a text, {TRUE}",
    "assert identity.mfa or f'{identity.id} needs one'": f"`... or` an f-string, which is a text, {TRUE}",
    "assert identity.mfa == True or True": f"`... or` the constant True, {TRUE}",
    "assert identity.mfa or identity": TRUE,
    "assert identity.mfa and identity.human or ['x']": f"`... or` a list that is not empty, {TRUE}",
    "assert 'identity.mfa'": f"a text, {TRUE}",
    "assert f'{identity.mfa}'": TRUE,
    "assert [identity.mfa, identity.human]": f"a list that is not empty, {TRUE}",
    "assert {identity.mfa}": f"a set that is not empty, {TRUE}",
    "assert {'mfa': identity.mfa}": f"a dict that is not empty, {TRUE}",
    "assert not []\nassert identity.mfa": TRUE,
    "assert (lambda: identity.mfa) and 'x'": TRUE,
    "assert (ok := [identity.mfa])": TRUE,
    "assert identity.name.startswith": f"the method `startswith`, which is not called, {TRUE}",
    "assert identity.name.count": f"the method `count`, which is not called, {TRUE}",
    "assert told\nassert identity.mfa": f"`told` itself, which is not called, {TRUE}",
    "assert identity.mfa == identity.mfa": f"a comparison of a value with itself, {TRUE}",
    "assert len(identity.groups) >= 0": f"that a length is at least 0, {TRUE}",
    "assert isinstance(identity, Identity)": TRUE,
    "assert bool([identity.mfa])": TRUE,
    "assert 'x' if identity.mfa else 'y'": TRUE,
    "assert all([])\nassert identity.mfa": f"`all` of nothing, {TRUE}",
    "assert all(())": TRUE,
    "assert any([True, identity.mfa])": TRUE,
    "assert not any([])": TRUE,
    "given = (identity.mfa, identity.human)\nassert given": f"a tuple that is not empty, {TRUE}",
    "given = [identity.mfa]\nassert given": f"a list that is not empty, {TRUE}",
    "given = [identity.mfa]\nassert identity.human or given": TRUE,
    "given: list[bool] = [identity.mfa]\nassert given": TRUE,
    "assert identity.mfa in (True, False)": f"that it has one of all the values that it can have, {TRUE}",
    "mfa = identity.mfa\nassert mfa in {False, True}": TRUE,
    "assert identity.mfa is not None": f"that it is not None, which this fact never is, {TRUE}",
    "assert identity.name != None": TRUE,
    "assert isinstance(identity.mfa, bool)": TRUE,
    "assert '' in identity.name": f"that an empty text is part of a text, {TRUE}",
    "assert identity.name.startswith('')": TRUE,
    "assert identity.name in [identity.name, 'x']": TRUE,
    "assert str(identity.mfa)": f"the text of a value, which is never empty, {TRUE}",
    "assert repr(identity.name)": TRUE,
    "assert len(identity.groups) > -1": TRUE,
    "assert 0 <= len(identity.groups)": TRUE,
    "assert len([identity.mfa])": TRUE,
    "assert identity.mfa or not identity.mfa": f"`or` of something and its opposite, {TRUE}",
    "assert identity.name == 'x' or identity.name != 'x'": TRUE,
    "assert getattr(identity, 'mfaa', True)": "Identity has no fact 'mfaa'; did you mean 'mfa'?",
    "assert not hasattr(identity, 'mfaa')": "Identity has no fact 'mfaa'",
    # a failed assert is swallowed
    "try:\n    assert identity.mfa\nexcept TAKES:\n    pass": SWALLOWED,
    "takes = (AssertionError, ValueError)\ntry:\n    assert identity.mfa\nexcept takes:\n    pass": SWALLOWED,
    "with Quiet():\n    assert identity.mfa": SWALLOWED,
    "with hushed():\n    assert identity.mfa": SWALLOWED,
    "with hide(AssertionError):\n    assert identity.mfa": SWALLOWED,
    "try:\n    assert identity.mfa\nexcept AssertionError:\n    pass": SWALLOWED,
    "try:\n    assert identity.mfa\nexcept Exception:\n    pass": SWALLOWED,
    "try:\n    assert identity.mfa\nexcept (ValueError, AssertionError):\n    return": SWALLOWED,
    "try:\n    assert identity.mfa\nexcept Exception as error:\n    print(error)": SWALLOWED,
    "for each in identity.groups:\n    try:\n        assert each\n    except AssertionError:\n        continue": SWALLOWED,
    "try:\n    for each in identity.groups:\n        assert each\nexcept AssertionError:\n    ...": SWALLOWED,
    "with suppress(AssertionError):\n    assert identity.mfa": SWALLOWED,
    "with contextlib.suppress(Exception):\n    assert identity.mfa": SWALLOWED,
    "for each in identity.groups:\n    try:\n        assert each\n    finally:\n        continue": "drops every failed assert",
    # nothing is asserted where anything is reached
    "if 1:\n    return\nassert identity.mfa": READS_NOTHING,
    "x = identity.mfa\nif identity or 1:\n    return\nassert x": ASSERTS_NOTHING,
    "told(identity)": ASSERTS_NOTHING,
    "ping(identity)\nok = identity.mfa": ASSERTS_NOTHING,  # two that call each other say nothing, and are looked at once
    "answers(identity)": ASSERTS_NOTHING,
    "x = identity.mfa\ndef check():\n    assert x\ncheck": ASSERTS_NOTHING,
    "ok = identity.mfa == True": ASSERTS_NOTHING,
    "if identity.mfa:\n    return": ASSERTS_NOTHING,
    "identity.mfa": ASSERTS_NOTHING,
    "print(identity.mfa)": ASSERTS_NOTHING,
    "name = identity.name.lower()": ASSERTS_NOTHING,
    "if identity.mfa:\n    return\nelse:\n    return\nassert identity.human": ASSERTS_NOTHING,
    "x = identity.mfa\nif False:\n    assert x": ASSERTS_NOTHING,
    "x = identity.mfa\nfor each in []:\n    assert x": ASSERTS_NOTHING,
    "x = identity.mfa\ndef check():\n    assert x": ASSERTS_NOTHING,
    "x = identity.mfa\nassert True": ASSERTS_NOTHING,
    "if not identity.mfa:\n    return\n    assert False, 'no second factor'": ASSERTS_NOTHING,
    # what no fact decides, and what holds for each value of one
    "assert not any(())\nassert identity.mfa": TRUE,
    "assert 1 == 1 and len([]) == 0\nassert identity.mfa": TRUE,
    "assert all(each for each in [] if identity.mfa)": f"`all` of nothing, {TRUE}",
    "assert identity.mfa in BOTH": TRUE,
    "assert identity.mfa in {True, False, None}": TRUE,
    "assert identity.mfa is True or identity.mfa is False": TRUE,
    "assert (ok := not identity.mfa) or not ok": TRUE,
    "assert not (identity.mfa and identity.name != 'x' and not identity.mfa)": TRUE,
    "assert identity.name is not None": TRUE,
    "assert True if identity.mfa else identity.mfa in (False,)": TRUE,
    "assert identity.name.endswith(('', 'x'))": TRUE,
    "assert identity.name.count('x') >= 0": TRUE,
    "assert always(identity)": f"what `always` gives, the constant True, {TRUE}",
    # by way of a local name
    "r = (identity.mfa, identity.human)\nassert r": f"a tuple that is not empty, {TRUE}",
    "ok = [identity.mfa]\nassert ok, 'no second factor'": TRUE,
    "ok = (identity.mfa,)\nif identity.human:\n    ok = [identity.mfa]\nassert ok": TRUE,
    "ok, mfa = True, identity.mfa\nassert ok": TRUE,
    "mfa = identity.mfa\nok = mfa or not mfa\nassert ok": TRUE,
    "allowed = (True, False)\nassert identity.mfa in allowed": TRUE,
    "wrong = []\nif not identity.mfa:\n    print(wrong)\nassert not wrong": TRUE,
    # never reached, or never said
    "if not 0:\n    return\nassert identity.mfa": READS_NOTHING,
    "if identity.mfa in (True, False):\n    return\nassert identity.mfa": ASSERTS_NOTHING,
    "while 1:\n    if identity.mfa:\n        return\nassert identity.human": ASSERTS_NOTHING,
    "match identity.mfa:\n    case _:\n        return\nassert identity.mfa": ASSERTS_NOTHING,
    "off = False\nif off:\n    assert identity.mfa": READS_NOTHING,
    "with LOCK:\n    return\nassert identity.mfa": READS_NOTHING,
    "try:\n    return\nexcept ValueError:\n    pass\nassert identity.mfa": READS_NOTHING,
    "def inner():\n    assert identity.mfa\ninner": READS_NOTHING,
    "inner = lambda: helper(identity)\nprint(identity.mfa)": ASSERTS_NOTHING,
    "class Inner:\n    def check(self):\n        assert identity.mfa": READS_NOTHING,
    "def one():\n    assert identity.mfa\ndef other():\n    one()": READS_NOTHING,
    "told_twice(identity)": ASSERTS_NOTHING,
    "always(identity)": ASSERTS_NOTHING,
    "wrong = []\nif not identity.mfa:\n    wrong.append(identity)": ASSERTS_NOTHING,
    # swallowed by another name
    "E = (AssertionError, ValueError)\ntry:\n    assert identity.mfa\nexcept E:\n    pass": SWALLOWED,
    "try:\n    assert identity.mfa\nexcept EXPECTED:\n    pass": SWALLOWED,
    "try:\n    assert identity.mfa\nexcept (ValueError, *EXPECTED):\n    pass": SWALLOWED,
    "E = AssertionError\nF = E\ntry:\n    assert identity.mfa\nexcept F:\n    pass": SWALLOWED,
    "try:\n    helper(identity)\nexcept AssertionError:\n    pass": SWALLOWED,
    "with quiet(AssertionError):\n    assert identity.mfa": SWALLOWED,
    "import contextlib as c\nwith c.suppress(AssertionError):\n    assert identity.mfa": SWALLOWED,
    "with suppress(*EXPECTED):\n    helper(identity)": SWALLOWED,
    "q = Quiet()\nwith q:\n    assert identity.mfa": SWALLOWED,
    "with QUIET:\n    assert identity.mfa": SWALLOWED,
    "with Careful():\n    assert identity.mfa": SWALLOWED,
    "with caught():\n    assert identity.mfa": SWALLOWED,
    "with lowered():\n    assert identity.mfa": SWALLOWED,
    "with around():\n    assert identity.mfa": SWALLOWED,
    "try:\n    assert identity.mfa\nexcept tuple([AssertionError]):\n    pass": SWALLOWED,
    "assert yes(identity)": TRUE,
    "assert identity.mfa in 'text'": TRUE,
    "assert identity.name is not None or identity.mfa": TRUE,
    "assert not (identity.name is None and identity.mfa)": TRUE,
    "assert not (identity.name is None)": TRUE,
    # a default in the place of a fact that is not there
    "assert getattr(identity, 'mffa', True)": "Identity has no fact 'mffa'; did you mean 'mfa'?",
    "assert not hasattr(identity, 'locked') or identity.mfa": "Identity has no fact 'locked'",
    "with left():\n    assert identity.mfa": SWALLOWED,
    "assert all(group for group in identity.groups if identity.mfa and [])": "`all` of nothing",
    "assert (len(identity.groups) < 3 and identity.mfa) or (len(identity.groups) >= 3 and identity.mfa) or not identity.mfa":
        "which holds for each value",
    "assert one_by_one(identity)": "what `one_by_one` gives, a generator",
    "assert vars(identity).get('mfa', True)": "it would answer for a fact that is misspelt",
    "for name in ('mfa',):\n    assert getattr(identity, name, True)": "it would answer for a fact that is misspelt",
}


@pytest.mark.each(5)
@pytest.mark.parametrize(("body", "says"), REFUSED.items(), ids=REFUSED)
def test_a_control_that_cant_fail_is_refused(body: str, says: str, tmp_path: Path) -> None:
    text = refusal(tmp_path, body)
    assert says in text
    assert "control 'OWN-1' (test_it), line " in text


TAKEN = [
    "assert library(identity.name)",
    "fails(identity)",
    "asks(identity)",
    "with Loud():\n    assert identity.mfa",
    "with passed_on():\n    assert identity.mfa",
    "with hushed():\n    print(identity.name)\nassert identity.mfa",
    "assert identity.mfa in (True,)",
    "assert identity.email is not None",
    "assert identity.email in (None, identity.name)",
    "assert identity.email or not identity.human",
    "wrong = []\nfor group in identity.groups:\n    wrong.append(group)\nassert not wrong",
    "wanted = ['x']\nwanted.remove('x')\nassert identity.mfa or wanted",
    "seen = 'x'\nfor seen in identity.groups:\n    pass\nassert seen",
    "assert getattr(identity, 'mfa', True)",
    "assert str(identity.name)",
    "assert normal_email(identity.name)",
    "def check():\n    assert identity.mfa\ncheck()",
    "if identity.root or not GOOD:\n    return\nassert identity.mfa",
    "assert all([identity.mfa, identity.human])",
    "assert all([1, identity.mfa])",
    "assert all([identity.mfa, 1])",
    "with beside():\n    assert identity.mfa",
    "with LOCK:\n    return helper(identity)",
    "assert any([identity.mfa, identity.human])",
    "assert len(identity.groups) > 0",
    "assert identity.name.startswith('a') or not identity.name.startswith('b')",
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
    "helper(identity)\nassert identity.mfa or identity.human",
    "if identity.human:\n    assert identity.mfa\nelse:\n    assert True",
    "identity.mfa or pytest.fail('no')",
    "assert identity.mfa, identity.name or 'nobody'",
    "assert [each for each in identity.groups if each]",
    "assert [*identity.groups]",
    "assert identity.name or identity.email",
    "assert identity.name == (identity.email or 'x')",
    "assert told(identity)",
    "assert identity.groups.count('x') == 0",
    "assert identity.mfa if identity.human else True",
    "assert not (identity.human and not identity.mfa)",
    "wrong = []\ntry:\n    assert identity.mfa\nexcept AssertionError:\n    wrong.append(identity)\nassert not wrong",
    "ok = True\ntry:\n    assert identity.mfa\nexcept AssertionError:\n    ok = False\nassert ok",
    "try:\n    assert identity.mfa\n    return\nexcept AssertionError:\n    pass\nassert identity.human is False",
    "try:\n    assert identity.mfa\nexcept AssertionError:\n    pass\nelse:\n    return\nassert identity.human is False",
    "try:\n    helper(identity)\nexcept ValueError:\n    pass",
    "try:\n    assert identity.mfa\nexcept AssertionError:\n    raise",
    "try:\n    x = int(identity.name)\nexcept Exception:\n    x = 0\nassert x",
    "with suppress(AssertionError):\n    assert identity.mfa\n    return\nassert identity.human is False",
    "list(map(helper, [identity]))",
    "all(helper(each) for each in [identity])",
    "for each in identity.groups:\n    if not each:\n        continue\n    assert each",
    "while True:\n    assert identity.mfa\n    break",
    "told = identity.mfa\nassert told",
    "try:\n    return int(identity.name)\nexcept ValueError:\n    pass\nassert identity.mfa",
    "assert identity.email or identity.name",
    "assert identity.mfa is True or identity.human is False",
    "assert identity.mfa in wanted()",
    "assert '' not in identity.groups",
    "assert '' in identity.groups",
    "assert len(identity.groups) != 0",
    "assert isinstance(identity.email, str)",
    "assert str(identity.email)",
    "assert not identity.name.startswith('')",
    "assert any([identity.mfa, False])",
    "assert always(identity) and identity.mfa",
    "ok = True\nfor each in identity.groups:\n    ok = ok and each != 'x'\nassert ok",
    "ok = True\nif identity.human:\n    ok = identity.mfa\nassert ok",
    "wrong = [each for each in identity.groups if each == 'x']\nassert not wrong",
    "wrong = []\nwrong += [each for each in identity.groups if each == 'x']\nassert not wrong",
    "wrong = {}\nwrong['x'] = identity.mfa\nassert not wrong",
    "left = [identity.mfa]\nleft.remove(True)\nassert not left",
    "left = [identity.mfa]\nleft.clear()\nassert left",
    "ok = [identity.mfa]\nok = ok[1:]\nassert ok",
    "first, *rest = [identity.mfa]\nassert rest",
    "x = identity.mfa\nx = not x\nassert x or identity.mfa",
    "if identity.mfa is None:\n    return\nassert identity.mfa",
    "while True:\n    if identity.mfa:\n        break\n    return\nassert identity.human",
    "match identity.mfa:\n    case True:\n        return\nassert identity.human",
    "for each in identity.groups:\n    def inner(each=each):\n        assert each\n    inner()",
    "check = lambda: helper(identity)\ncheck()",
    "class Inner:\n    def check(self):\n        assert identity.mfa\nInner().check()",
    "E = ValueError\ntry:\n    assert identity.mfa\nexcept E:\n    pass",
    "E = AssertionError\nok = True\ntry:\n    assert identity.mfa\nexcept E:\n    ok = False\nassert ok",
    "with Timed():\n    assert identity.mfa",
    "with Choosy():\n    assert identity.mfa",
    "with noted():\n    assert identity.mfa",
    "with open(__file__):\n    assert identity.mfa",
    "with pytest.raises(AssertionError):\n    assert identity.admin",
    "with quiet(ValueError):\n    assert identity.mfa",
    "wrong = []\nwith noted() as wrong:\n    helper(identity)\nassert not wrong",
    "with LOCK:\n    assert identity.mfa",
    "first, second, *rest = *identity.groups, True, identity.mfa\nassert second",
    "library(identity)",
    "kept(identity)",
]


@pytest.mark.parametrize(
    ("body", "says"),
    {
        "for each in people:\n    each.mfa == True": NOT_ASSERTED,
        "for each in people:\n    if not each.mfa:\n        people.all('id', each.id)": ASSERTS_NOTHING,
        "assert people.all": f"the method `all`, which is not called, {TRUE}",
        "for each in people:\n    each.mfa or deviation(each, 'no second factor')": "",
        "for each in people:\n    if not each.mfa:\n        deviation(each, 'no second factor')": "",
        "assert all(each.mfa for each in people)": "",
        "assert people.one('id', 'x')": "",
    }.items(),
)
def test_a_control_over_a_population(body: str, says: str, tmp_path: Path) -> None:
    text = refusal(tmp_path, body, takes="people: Population[Identity]")
    assert says in text if says else text == ""


@pytest.mark.parametrize("body", TAKEN)
def test_what_may_be_right_is_taken(body: str, tmp_path: Path) -> None:
    assert refusal(tmp_path, body) == ""


def test_a_type_that_is_no_class_says_nothing_of_what_a_fact_is(tmp_path: Path) -> None:
    assert refusal(tmp_path, "assert isinstance(door.nick, int)", "door: Door") == ""


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


ANSWERS = """casefold difference endswith intersection isalnum isalpha isascii isdecimal isdigit isdisjoint isidentifier islower
isnumeric isoformat isprintable isspace issubset issuperset istitle isupper lower lstrip removeprefix removesuffix rstrip splitlines
startswith strip symmetric_difference total_seconds upper"""


@pytest.mark.parametrize("method", ANSWERS.replace("\n", " ").split(" "))
def test_what_a_method_of_python_answers_is_to_be_asserted(method: str, tmp_path: Path) -> None:
    assert NOT_ASSERTED in refusal(tmp_path, f"identity.name.{method}('x')\nassert identity.mfa")


@pytest.mark.parametrize(
    ("test", "way_out"),
    [
        ("lambda: identity.mfa", "call it"),
        ("(group for group in identity.groups)", "write all(...) or any(...) around it"),
        ("identity.mfa or 'no second factor'", "a message stands behind a comma: assert ..., message"),
        ("'no second factor'", "assert what must hold"),
    ],
)
def test_what_is_always_true_is_told_its_way_out(test: str, way_out: str, tmp_path: Path) -> None:
    assert f"which is always true; {way_out}" in refusal(tmp_path, f"assert {test}")


@pytest.mark.parametrize("where", ["lambda identity: (yield)", "wanted"])
def test_a_where_that_is_never_run_is_refused(where: str, tmp_path: Path) -> None:
    text = refusal(tmp_path, "assert identity.mfa", options=f", where={where}")
    assert "`where` must be a plain function" in text


def test_a_decorator_below_that_wraps_is_refused(tmp_path: Path) -> None:
    wrapper = """import functools
def quiet(function):
    @functools.wraps(function)
    def wrapped(identity: Identity) -> None:
        try: function(identity)
        except AssertionError: pass
    return wrapped

"""
    head = '@control("OWN-1", criteria=["CC6.1"], nature="state")\n@quiet\ndef test_it(identity: Identity):\n'
    (tmp_path / "own.py").write_text(HEAD + wrapper + head + '    """It holds."""\n    assert identity.mfa\n')
    pack = load_pack(LOCAL, tmp_path)
    (text,) = (text for file in pack.files for text in file.refused.values())
    assert "another decorator has put a function of its own in its place" in text
