"""A vendor's own second factor, which says nothing of who signs in by way of a directory."""

from functools import partial

from soc2test import Application, Population, UnknownFact, any_of

__all__ = ["own_factor"]


def own_factor(asked: bool, applications: Population[Application], vendor: str) -> bool:
    """What the vendor says of its own second factor, unless a directory signs people in to it.

    Whether an account uses single sign-on is in none of the vendor's answers, so that the lists of declared directories
    are asked for an application of its name. Where none is declared, the vendor signs in. Raises `UnknownFact` where a
    directory does, or where one that is declared does not tell all of its applications.
    """
    if any_of(applications.members, partial(_signs_in_to, name=vendor.casefold())):
        raise UnknownFact(
            "mfa",
            f"a directory holds an application for {vendor} with single sign-on, and no export of {vendor} tells whom "
            "it signs in: what is asked of them there is not known here",
        )
    if not asked:
        _refuse_part_of(applications)
    return asked


def _signs_in_to(application: Application, name: str) -> bool:
    return name in application.name.casefold() and application.active and application.single_sign_on


def _refuse_part_of(applications: Population[Application]) -> None:
    """Raises `UnknownFact` where a declared directory does not tell all of its applications."""
    for gap in applications.gaps:
        if gap.source is not None:
            raise UnknownFact("mfa", gap.text, code=gap.code)
