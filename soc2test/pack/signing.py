"""The signature of a pack: ECDSA with P-256 over `SHA256SUMS`, which `openssl dgst -sha256 -verify` checks.

The private key is never read here: securesystemslib asks for the signature by the key's URI, a file (`file2:`), a token
(`hsm:`) or a cloud's key (`awskms:`, `gcpkms:`, `azurekms:`). Which public key counts is for whoever verifies to say.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from soc2test.pack.names import PackError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

__all__ = ["sign", "signed_by"]

_MISSING = "signatures need more packages: pip install 'soc2test[sign]'"
_LONGEST = 1 << 16


def sign(content: bytes, uri: str, public: Path) -> bytes:
    """The signature of `content` by the private key at `uri`, whose public half is in the PEM file `public`.

    Raises `PackError` where there is no such key, or it is not that of the public one.
    """
    key = _public_key(public)
    try:
        from securesystemslib.signer import Signer, SSlibKey  # type: ignore[attr-defined]  # noqa: PLC0415  # an extra
    except ImportError:
        raise PackError(_MISSING) from None
    try:
        signer = Signer.from_priv_key_uri(uri, SSlibKey.from_crypto(key))
        signature = bytes.fromhex(signer.sign(content).signature)
    except Exception as error:  # noqa: BLE001  # each service has errors of its own, and all mean that nothing is signed
        raise PackError(f"{uri.partition(':')[0]}: the key can't sign: {error}") from None
    if not _holds(key, content, signature):
        raise PackError(f"what the key of {uri.partition(':')[0]}: signed is not of the public key {public.name}")
    return signature


def signed_by(content: bytes, signature: bytes, public: Path) -> bool:
    """Whether it is the signature of `content` by the key in the PEM file `public`. Raises `PackError`."""
    return _holds(_public_key(public), content, signature)


def _holds(key: "EllipticCurvePublicKey", content: bytes, signature: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415  # an extra
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA  # noqa: PLC0415
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415

    try:
        key.verify(signature, content, ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def _public_key(file: Path) -> "EllipticCurvePublicKey":
    try:
        from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415  # an extra
        from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey  # noqa: PLC0415
        from cryptography.hazmat.primitives.serialization import load_pem_public_key  # noqa: PLC0415
    except ImportError:
        raise PackError(_MISSING) from None
    try:
        with file.open("rb") as opened:
            key = load_pem_public_key(opened.read(_LONGEST))
    except OSError as error:
        raise PackError(f"{file.name}: can't be read: {error.strerror}") from None
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise PackError(f"{file.name}: is no public key in PEM form") from None
    if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
        raise PackError(f"{file.name}: is no key of ECDSA with P-256")
    return key
