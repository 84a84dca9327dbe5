"""The 61 criteria of the 2017 Trust Services Criteria (points of focus of 2022): ids, categories, subjects.

The AICPA's text is copyrighted; the subjects are our own words.
"""

from typing import NamedTuple

__all__ = ["CATEGORIES", "CRITERIA", "Criterion", "criterion_order"]

CATEGORIES = ("security", "availability", "confidentiality", "processing_integrity", "privacy")


class Criterion(NamedTuple):
    """One criterion: `id` ("CC6.1"), `category` (one of `CATEGORIES`), `subject` in our own words."""

    id: str
    category: str
    subject: str


_SUBJECTS = {
    "security": {
        "CC1.1": "integrity and ethics",
        "CC1.2": "oversight by a board",
        "CC1.3": "structure and authority",
        "CC1.4": "competence",
        "CC1.5": "accountability",
        "CC2.1": "information that controls need",
        "CC2.2": "internal communication",
        "CC2.3": "external communication",
        "CC3.1": "objectives",
        "CC3.2": "risks found and analysed",
        "CC3.3": "fraud",
        "CC3.4": "significant change",
        "CC4.1": "monitoring of controls",
        "CC4.2": "deficiencies corrected",
        "CC5.1": "controls that answer risks",
        "CC5.2": "general IT controls",
        "CC5.3": "policies and procedures",
        "CC6.1": "logical access",
        "CC6.2": "registration and removal of users",
        "CC6.3": "roles and least privilege",
        "CC6.4": "physical access",
        "CC6.5": "disposal of assets",
        "CC6.6": "boundary",
        "CC6.7": "data in motion and on media",
        "CC6.8": "malicious or unauthorised software",
        "CC7.1": "vulnerabilities and drift found",
        "CC7.2": "monitoring",
        "CC7.3": "events evaluated",
        "CC7.4": "incident response",
        "CC7.5": "recovery from incidents",
        "CC8.1": "change management",
        "CC9.1": "business disruption",
        "CC9.2": "vendors and partners",
    },
    "availability": {
        "A1.1": "capacity",
        "A1.2": "protection, backup and infrastructure",
        "A1.3": "recovery tested",
    },
    "confidentiality": {
        "C1.1": "confidential data identified and protected",
        "C1.2": "confidential data disposed of",
    },
    "processing_integrity": {
        "PI1.1": "definitions of processing",
        "PI1.2": "inputs",
        "PI1.3": "processing",
        "PI1.4": "outputs",
        "PI1.5": "storage",
    },
    "privacy": {
        "P1.1": "notice",
        "P2.1": "choice and consent",
        "P3.1": "collection",
        "P3.2": "explicit consent",
        "P4.1": "use",
        "P4.2": "retention",
        "P4.3": "disposal",
        "P5.1": "access by data subjects",
        "P5.2": "correction",
        "P6.1": "disclosure to third parties",
        "P6.2": "record of authorised disclosures",
        "P6.3": "record of unauthorised disclosures",
        "P6.4": "vendors' privacy commitments",
        "P6.5": "vendors' notices",
        "P6.6": "notification of breaches",
        "P6.7": "accounting to the data subject",
        "P7.1": "quality of personal data",
        "P8.1": "complaints and monitoring",
    },
}

CRITERIA: dict[str, Criterion] = {
    id: Criterion(id, category, subject) for category, subjects in _SUBJECTS.items() for id, subject in subjects.items()
}
"""All 61, by id, in the order in which every report prints them."""

_ORDER = {id: place for place, id in enumerate(CRITERIA)}


def criterion_order(id: str) -> int:
    """The place of a criterion in every report; sort key for ids."""
    return _ORDER[id]
