"""The file format of security.txt, plain and signed."""

from datetime import UTC, datetime

import pytest

from soc2test_plugins.registers.security_txt import fields_of, moment_of

PLAIN = """\
# Our policy
Contact: mailto:security@acme.example
contact: tel:+31-20-555-0100
Expires: 2027-05-31T22:00:00.000Z
Preferred-Languages: en, nl

Canonical: https://acme.example/.well-known/security.txt
"""
SIGNED = f"""\
-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA256
Comment: Contact: mailto:nobody@acme.example

- {PLAIN}-----BEGIN PGP SIGNATURE-----
Version: 1

Contact: mailto:none@acme.example
-----END PGP SIGNATURE-----
"""


@pytest.mark.parametrize(
    "body", [PLAIN, SIGNED, PLAIN.replace("\n", "\r\n"), SIGNED.replace("\n", "\r\n"), "\ufeff" + PLAIN]
)
def test_fields_are_read(body: str) -> None:
    fields = fields_of(body)
    assert fields["contact"] == ["mailto:security@acme.example", "tel:+31-20-555-0100"]
    assert fields["canonical"] == ["https://acme.example/.well-known/security.txt"]
    assert set(fields) == {"contact", "expires", "preferred-languages", "canonical"}
    assert moment_of(fields, "expires") == datetime(2027, 5, 31, 22, tzinfo=UTC)


@pytest.mark.parametrize("body", ["", "<!doctype html>\n<p>Not found</p>", "# Contact: mailto:a@acme.example"])
def test_what_is_no_such_file_has_no_contact(body: str) -> None:
    assert "contact" not in fields_of(body)


@pytest.mark.parametrize(
    "expires", ["", "Expires: 2027-05-31", "Expires: next year", "Expires: 2027-05-31T22:00:00", f"{PLAIN}{PLAIN}"]
)
def test_what_is_no_single_moment_is_none(expires: str) -> None:
    assert moment_of(fields_of(expires), "expires") is None


def test_letters_of_times_may_be_small() -> None:
    assert moment_of(fields_of("EXPIRES: 2027-05-31t22:00:00+02:00"), "expires") == datetime(
        2027, 5, 31, 20, tzinfo=UTC
    )
