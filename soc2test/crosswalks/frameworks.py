"""The frameworks that soc2test knows: the ids of their requirements, and no text of them.

The titles of ISO/IEC 27001 are ISO's. NIST's and the HIPAA Security Rule's are public; their ids suffice.
"""

from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["FRAMEWORKS", "Framework"]


class Framework(NamedTuple):
    """A framework: its name in options and files, what it is called, and the ids of its requirements in their order."""

    name: str
    title: str
    requirements: tuple[str, ...]


def _iso27001() -> Iterator[str]:
    for clause, last in ((5, 37), (6, 8), (7, 14), (8, 34)):
        yield from (f"A.{clause}.{number}" for number in range(1, last + 1))


_CSF = {
    "GV.OC": "1 2 3 4 5", "GV.RM": "1 2 3 4 5 6 7", "GV.RR": "1 2 3 4", "GV.PO": "1 2", "GV.OV": "1 2 3",
    "GV.SC": "1 2 3 4 5 6 7 8 9 10", "ID.AM": "1 2 3 4 5 7 8", "ID.RA": "1 2 3 4 5 6 7 8 9 10", "ID.IM": "1 2 3 4",
    "PR.AA": "1 2 3 4 5 6", "PR.AT": "1 2", "PR.DS": "1 2 10 11", "PR.PS": "1 2 3 4 5 6", "PR.IR": "1 2 3 4",
    "DE.CM": "1 2 3 6 9", "DE.AE": "2 3 4 6 7 8", "RS.MA": "1 2 3 4 5", "RS.AN": "3 6 7 8", "RS.CO": "2 3",
    "RS.MI": "1 2", "RC.RP": "1 2 3 4 5 6", "RC.CO": "3 4",
}  # fmt: skip
"""category -> the numbers of its subcategories; those of version 1.1 that are gone have no number in 2.0"""

_NIST_800_53 = {
    "AC": (25, (13, 15)), "AT": (6, (5,)), "AU": (16, (15,)), "CA": (9, (4,)), "CM": (14, ()), "CP": (13, (5,)),
    "IA": (12, ()), "IR": (9, ()), "MA": (7, ()), "MP": (8, ()), "PE": (23, (7,)), "PL": (11, (3, 5, 6)),
    "PM": (32, ()), "PS": (9, ()), "PT": (8, ()), "RA": (10, (4,)), "SA": (23, (6, 7, 12, 13, 14, 18, 19)),
    "SC": (51, (9, 14, 19, 33)), "SI": (23, (9,)), "SR": (12, ()),
}  # fmt: skip
"""family -> the number of its last control, and the numbers that were withdrawn; without enhancements"""

_HIPAA = (
    *(f"164.308(a)({number})" for number in range(1, 9)), "164.308(b)(1)",
    "164.310(a)", "164.310(b)", "164.310(c)", "164.310(d)",
    "164.312(a)", "164.312(b)", "164.312(c)", "164.312(d)", "164.312(e)(1)",
    "164.314(a)", "164.314(b)", "164.316(a)", "164.316(b)",
)  # fmt: skip
"""the standards, as NIST SP 800-66r2 names them; what stands below each is not told apart"""


def _csf() -> Iterator[str]:
    for category, numbers in _CSF.items():
        yield from (f"{category}-{int(number):02d}" for number in numbers.split())


def _nist_800_53() -> Iterator[str]:
    for family, (last, withdrawn) in _NIST_800_53.items():
        yield from (f"{family}-{number}" for number in range(1, last + 1) if number not in withdrawn)


FRAMEWORKS = {
    each.name: each
    for each in (
        Framework("iso27001", "ISO/IEC 27001:2022, Annex A", tuple(_iso27001())),
        Framework("hipaa", "HIPAA Security Rule, 45 CFR 164 subpart C", _HIPAA),
        Framework("nist-csf", "NIST Cybersecurity Framework 2.0", tuple(_csf())),
        Framework("nist-800-53", "NIST SP 800-53 Rev. 5, controls without enhancements", tuple(_nist_800_53())),
    )
}
"""By name, in the order in which reports print them."""
