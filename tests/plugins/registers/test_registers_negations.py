"""A written no is no content, a sentence with a no in it is; and each key of words is one of sentences or of names."""

from collections.abc import Iterator

import pytest
from registers_reading import head, read

from soc2test import Unknown
from soc2test_plugins.registers import REGISTERS
from soc2test_plugins.registers.negations import DONE, REASONS, SENTENCES, says_not_yet, says_only_no
from soc2test_plugins.registers.schemas import Key, entry_schema, is_date, types_of

HOW = ("data_subject_requests", "identity_checked_how")
WHY = ("vendors", "exceptions_conclusion")
WHERE = ("policies", "published_where")
CLAUSE = ("processors", "notice_clause")
BACK = ("collection_points", "withdrawal")
CHOICE = ("collection_points", "choice")


@pytest.mark.parametrize(
    "said",
    [
        (*HOW, "no"), (*HOW, "Yes."), (*HOW, "not checked, the mail looked genuine"), (*HOW, "It wasn't checked"),
        (*HOW, "it wasn\u2019t checked"), (*HOW, "Nobody checked"), (*HOW, "no identity check was made"),
        (*HOW, "nicht gepr\u00fcft"), (*HOW, "not yet checked - trusted"), (*HOW, "never"), (*HOW, "NOT\nCHECKED"),
        (*CLAUSE, "none agreed"), (*CLAUSE, "None was agreed; to be negotiated"), (*CLAUSE, "kein vereinbart"),
        (*CLAUSE, "no clause"), (*CLAUSE, "nothing agreed yet"), (*WHERE, "nowhere"), (*WHERE, "not published anywhere"),
        (*WHERE, "nirgends"), (*WHY, "not looked at"), (*WHY, "Nothing was decided."), (*WHY, "(no)"), (*WHY, "nein"),
        ("complaints", "explanation", "true"), ("incidents", "root_cause", "not analysed"),
        (*BACK, "Not possible"), (*BACK, "It cannot be taken back"), (*BACK, "It can\u2019t be withdrawn later."),
        (*BACK, "There is no way to take it back"), (*BACK, "Consent is irrevocable"), (*BACK, "Users cannot opt out"),
        (*BACK, "not available: the form has no link for it"), (*BACK, "Nobody can revoke it"), (*BACK, "irrevocable"),
        (*BACK, "nicht m\u00f6glich"), (*BACK, "Ein Widerruf ist nicht vorgesehen"), (*BACK, "pas possible"),
        (*CHOICE, "There is no choice"), (*CHOICE, "no option"), (*CHOICE, "Without any choice"), (*CHOICE, "Impossible"),
        (*CHOICE, "You cannot refuse"), ("collection_points", "consequence", "There are no consequences told"),
    ],
)  # fmt: skip
def test_a_no_is_no_content(said: tuple[str, str, str]) -> None:
    assert says_only_no(*said)


@pytest.mark.parametrize(
    "said",
    [
        (*HOW, "Answer to a mail to the address"), (*HOW, "Nobody else has the login; asked from within"),
        (*HOW, "Not by mail but by phone"), ("collection_points", "choice", "Yes, send me the newsletter"),
        ("collection_points", "choice", "No, thanks, or yes"), (*WHY, "None reaches our repositories"),
        ("privacy_assessments", "not_notified_reason", "not needed, since the data was encrypted"),
        ("result_reviews", "decision", "Nothing deviated and nothing was left open; no action"),
        ("result_reviews", "decision", "No action needed"), (*WHERE, "No. 7 of the handbook"), (*WHERE, "Notion"),
        ("access_requests", "ticket", "NO-12"), ("incidents", "title", "No mail for an hour"),
        ("retention_checks", "query", "select no from x where not deleted"), ("vendors", "name", "Nothing"),
        ("stored_fields", "column_name", "no"), ("audit_findings", "fix", "not fixed"), (*HOW, ""),
        (*BACK, "Not by phone but by mail"), (*BACK, "It cannot be taken back by phone, but by mail"),
        (*BACK, "Any time, and there is no fee"), (*BACK, "Possible by the link below each newsletter"),
        (*BACK, "No way but the link below each newsletter"), (*BACK, "Nobody can revoke it but you: by the account page"),
        (*CHOICE, "No choice is made for you: tick what you want"), (*CHOICE, "There is a box for each purpose"),
        ("collection_points", "consequence", "Without it you cannot get the newsletter"),
        ("collection_points", "consequence", "You cannot use the forum; all else stays"),
        ("incidents", "title", "API cannot be reached"), ("risks", "title", "Backups cannot be restored"),
        (*WHY, "not looked at " + "and told to nobody " * 9),
    ],
)  # fmt: skip
def test_a_sentence_and_a_name_are_content(said: tuple[str, str, str]) -> None:
    assert not says_only_no(*said)


COMPARED = ("restore_checks", "compared")
BASIS = ("retention_rules", "basis")


@pytest.mark.parametrize(
    "said",
    [
        (*COMPARED, "will be compared in January"), (*COMPARED, "To be compared; rows of orders"),
        (*BASIS, "Basis to be confirmed by counsel"), (*WHY, "Pending review of the report by security"),
        (*WHY, "We will look at it in Q1"), ("incidents", "root_cause", "analysis will follow"),
    ],
)  # fmt: skip
def test_what_is_yet_to_be_done_tells_nothing_of_what_was(said: tuple[str, str, str]) -> None:
    assert says_not_yet(*said)


@pytest.mark.parametrize(
    "said",
    [
        (*CLAUSE, "we will be told within a day"), ("capacity_reviews", "action", "will be upgraded in Q1"),
        (*COMPARED, "row counts; the sums will be added in January"), (*BASIS, "kept until the claim may be brought"),
        (*WHY, "Late removals at the vendor; will be reviewed again in 2027"),
    ],
)  # fmt: skip
def test_what_tells_of_both_and_a_promise_are_content(said: tuple[str, str, str]) -> None:
    assert not says_not_yet(*said)


def test_a_sentence_that_is_put_off_is_unknown_and_says_what_to_write() -> None:
    entry = {
        "id": "P-1", "title": "Code", "topic": "code-of-conduct", "version": "1", "owner_email": "ann@acme.example",
        "published_where": "will be published on the intranet",
    }  # fmt: skip
    (told,) = read("policies", head("policies", entry))
    where = told.told["published_where"]
    assert type(where) is Unknown
    assert where.reason == (
        "published_where (entries[0]) says that it is yet to be done: write what was done, or null until then"
    )


def test_the_fact_is_unknown_and_says_what_to_write() -> None:
    entry = {
        "id": "P-1", "title": "Code", "topic": "code-of-conduct", "version": "1", "owner_email": "ann@acme.example",
        "published_where": "not published",
    }  # fmt: skip
    (told,) = read("policies", head("policies", entry))
    where = told.told["published_where"]
    assert type(where) is Unknown
    assert "published_where (entries[0]) says no more than yes or no: write it in a sentence, or null" in where.reason


NAMES = {
    "account", "application", "authority", "channel", "column_name", "comes_from", "content_type", "customer",
    "data_category", "data_class", "data_type", "escalated_to", "field", "file", "goes_to", "id", "insurer", "job", "name",
    "one", "other", "place", "process", "prompt_log", "recipient", "reported_to", "repository", "restore", "right", "role",
    "runs_as", "scanner", "schedule", "serial", "sha256", "source_system", "store", "system", "table_name",
    "table_schema", "target_system", "time_zone", "to_role", "url", "version", "visitor", "code_of_conduct_version",
    "about", "body",
}  # fmt: skip
"""Keys of names, ids and texts that are shown as they are: `no` may be one of these."""
OF_OTHERS = {("audit_findings", "fix"): "its control tells a no from a fix"}
TITLES = {("policies", "title"), ("role_descriptions", "title"), ("systems", "name")}


def _words(register: str, schema: Key) -> Iterator[tuple[str, str]]:
    for name, key in schema["properties"].items():
        if "properties" in key:
            yield from _words(register, key)
        elif "string" in types_of(key) and key.get("pattern") == "\\S" and "enum" not in key and not is_date(key):
            yield register, name


@pytest.mark.parametrize("register", REGISTERS)
def test_each_key_of_words_is_one_of_sentences_or_of_names(register: str) -> None:
    for place in _words(register, entry_schema(register)):
        name = place[1]
        sentence = name in SENTENCES.get(register, ()) or name in REASONS.get(register, ())
        other = name in NAMES or name.endswith("_by") or place in OF_OTHERS or place in TITLES
        assert sentence or other, f"is {place} a sentence, of which a no says nothing?"


def test_each_sentence_is_a_key_of_its_register() -> None:
    for table in (SENTENCES, REASONS, DONE):
        for register, keys in table.items():
            assert keys <= entry_schema(register)["properties"].keys()
