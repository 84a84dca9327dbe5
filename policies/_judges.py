"""Whoever judges somebody else's work or conduct: another person, who worked here or oversaw, and is not below them."""

from datetime import datetime

from soc2test import BodyMember, Person, Population, normal_email
from soc2test_policies._bodies import signed_problem
from soc2test_policies._one_person import must_be_two
from soc2test_policies._reporting import reports_to

__all__ = ["judge_problem"]


def judge_problem(
    role: str,
    judge: str | None,
    judged: str,
    moment: datetime,
    persons: Population[Person],
    members: Population[BodyMember],
) -> str:
    """What is wrong with who judged another at a moment; "" where nothing is.

    A member of a board may judge, who is in no register of people. Raises `UnknownFact` where the two may be one.
    """
    if judge is not None and normal_email(judge) == normal_email(judged):
        return f"its {role} {judge} is the very person"
    problem = signed_problem(role, judge, moment, persons, members)
    if judge is None or problem:
        return problem
    must_be_two(judge, judged, persons)
    if reports_to(judge, judged, persons):
        return f"its {role} {judge} reports to {judged}"
    return ""
