"""What a proof found of one control."""

import msgspec

__all__ = ["Fact", "LimitProof", "Proof", "Weakness"]


class Fact(msgspec.Struct, frozen=True):
    """A fact that the control read while it was proven: "Identity.mfa"."""

    name: str
    decides: bool
    """a change of it was noticed"""
    edge: str = ""
    """of a number or a moment the neighbouring values between which the outcome turns, as text"""


class LimitProof(msgspec.Struct, frozen=True):
    """A limit, and the neighbouring values of it between which the outcome turns."""

    name: str
    value: str
    text: str


class Weakness(msgspec.Struct, frozen=True):
    """What the control does not notice: a code, a sentence, and the smallest input that shows it."""

    code: str
    text: str
    smallest: str
    about: tuple[str, ...] = ()
    """by what names a control may state it: "IamUser.owner", "Identity.owner", "limits.days", persons"""
    stated: str = ""
    """why the control's author left it so"""


class Proof(msgspec.Struct, frozen=True):
    """What changing the inputs of one control showed. `faults` are weaknesses that leave it unproven."""

    control: str
    basis: str
    """what it was proven over"""
    facts: tuple[Fact, ...] = ()
    limits: tuple[LimitProof, ...] = ()
    changes: int = 0
    noticed: int = 0
    faults: tuple[Weakness, ...] = ()
    blind_spots: tuple[Weakness, ...] = ()
    deviates_with: str = ""
    """the smallest input that it calls a deviation"""

    @property
    def proven(self) -> bool:
        """True where a change makes it deviate and no fault was found."""
        return not self.faults and bool(self.deviates_with)
