"""A signature says who made a pack, to those who have the key from elsewhere; openssl makes the keys and checks it, too."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from soc2test.pack.names import PackError
from soc2test.pack.signing import sign, signed_by
from soc2test.pack.verifying import verify

SUMS = b"0" * 64 + b"  a\n"


def openssl(*args: object, given: bytes = b"") -> bytes:
    return subprocess.run(["openssl", *map(str, args)], input=given, check=True, capture_output=True).stdout


def key_in(folder: Path, name: str, curve: str = "prime256v1") -> tuple[Path, Path]:
    """The files of a private key and of its public half."""
    private, public = folder / f"{name}.pem", folder / f"{name}.pub.pem"
    plain = openssl("ecparam", "-name", curve, "-genkey", "-noout")
    private.write_bytes(openssl("pkcs8", "-topk8", "-nocrypt", given=plain))
    public.write_bytes(openssl("ec", "-pubout", given=plain))
    return private, public


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the keys `ours` and `other` on P-256, and `long` on P-384."""
    folder = tmp_path_factory.mktemp("keys")
    key_in(folder, "ours")
    key_in(folder, "other")
    key_in(folder, "long", "secp384r1")
    return folder


def test_openssl_takes_it(keys: Path, tmp_path: Path) -> None:
    (tmp_path / "sums").write_bytes(SUMS)
    (tmp_path / "sig").write_bytes(sign(SUMS, f"file2:{keys / 'ours.pem'}", keys / "ours.pub.pem"))
    asked = ("dgst", "-sha256", "-verify", keys / "ours.pub.pem", "-signature", tmp_path / "sig", tmp_path / "sums")
    assert openssl(*asked) == b"Verified OK\n"


def test_what_openssl_signs_is_taken(keys: Path) -> None:
    signature = openssl("dgst", "-sha256", "-sign", keys / "ours.pem", given=SUMS)
    assert signed_by(SUMS, signature, keys / "ours.pub.pem")
    assert not signed_by(SUMS + b" ", signature, keys / "ours.pub.pem")
    assert not signed_by(SUMS, signature, keys / "other.pub.pem")
    assert not signed_by(SUMS, signature[:-1], keys / "ours.pub.pem")
    assert not signed_by(SUMS, b"", keys / "ours.pub.pem")


@pytest.mark.parametrize(
    ("uri", "public", "said"),
    [
        ("file2:{}/ours.pem", "other.pub.pem", "the key can't sign"),
        ("file2:{}/nowhere.pem", "ours.pub.pem", "the key can't sign"),
        ("unknown:x", "ours.pub.pem", "the key can't sign"),
        ("file2:{}/long.pem", "long.pub.pem", "is no key of ECDSA with P-256"),
        ("file2:{}/ours.pem", "ours.pem", "is no public key"),
        ("file2:{}/ours.pem", "nowhere.pem", "can't be read"),
    ],
)
def test_a_key_that_is_none_signs_nothing(keys: Path, uri: str, public: str, said: str) -> None:
    with pytest.raises(PackError, match=said):
        sign(SUMS, uri.format(keys), keys / public)


def signed(folder: Path, keys: Path) -> None:
    shutil.copy(keys / "ours.pub.pem", folder)
    (folder / "SHA256SUMS").write_bytes(SUMS)
    (folder / "SHA256SUMS.sig").write_bytes(sign(SUMS, f"file2:{keys / 'ours.pem'}", keys / "ours.pub.pem"))


def nothing(folder: Path) -> None:
    pass


def unsigned(folder: Path) -> None:
    (folder / "SHA256SUMS.sig").unlink()


def long(folder: Path) -> None:
    (folder / "SHA256SUMS.sig").write_bytes(bytes(2048))


def other_sums(folder: Path) -> None:
    (folder / "SHA256SUMS").write_bytes(SUMS.replace(b"0", b"1", 1))


@pytest.mark.parametrize(
    ("change", "key", "said"),
    [
        (nothing, "ours", None),
        (nothing, "other", "the signature is not of the key other.pub.pem"),
        (nothing, "long", "is no key of ECDSA with P-256"),
        (unsigned, "ours", "it is not signed"),
        (long, "ours", "it is not signed"),
        (other_sums, "ours", "the signature is not of the key ours.pub.pem"),
    ],
)
def test_verifying_goes_by_the_key_that_it_is_given(
    keys: Path, tmp_path: Path, change: Callable[[Path], None], key: str, said: str | None
) -> None:
    signed(tmp_path, keys)
    change(tmp_path)
    found = [text for text in verify(tmp_path, key=keys / f"{key}.pub.pem").wrong if "sign" in text or "key" in text]
    assert (found == []) if said is None else (said in found[0])


def test_without_a_key_a_signature_shows_nothing(keys: Path, tmp_path: Path) -> None:
    signed(tmp_path, keys)
    assert any("no --key was given" in text for text in verify(tmp_path).not_covered)
    unsigned(tmp_path)
    assert any("it is not signed" in text for text in verify(tmp_path).not_covered)
