"""Phrases of the project's own texts in which a refused word (`soc2test.linting.words`) says something else, each with why."""

from pathlib import Path

import yaml

__all__ = ["KEPT", "PHRASES"]

ROOT = Path(__file__).resolve().parents[1]

PHRASES = {
    "Whether a control is effective or a criterion met is the auditor's": "says who concludes it, and that we do not",
    "That a control is effective, or a criterion met: that is the auditor's": "the same on the page of the verdicts",
    "and certifies nothing": "says what the tool does not do",
    "(certified, compliant, audited, attested, assurance, effective, ensures, opinion, clean, meets, satisfies)": (
        "names the words that lint refuses"
    ),
    "[clean desk policy]": "a phrase that a pack may keep, as an example of one",
    "the second opinion in the tests": "another tool that looks for the same secrets",
    "a second opinion on shapes of secrets": "the same tool in the table of libraries",
    "a qualified opinion needs a person who judged it": "that of the auditor who wrote a report on a vendor",
    "an opinion that is not unqualified": "likewise, in the register of vendors",
    "period, opinion, exceptions; no file is opened": "likewise: fields of such a report",
    "the opinion in its report": "likewise",
    "The opinion is that of the auditor": "likewise, in the reason of what the shipped controls keep",
    '"title": "Opinion"': "likewise",
    "The auditor's opinion; null for a certificate": "likewise, in the register of vendors",
    "it shows type, period, opinion and exceptions": "likewise",
    "an opinion that is qualified": "likewise",
    "the opinion: missing, adverse or disclaimed": "likewise",
    "its opinion is not unqualified": "likewise",
    "a time without a zone meets one with a zone": "two times that are compared",
    "unaudited letter": "a bridge letter of a vendor, of which it says that no auditor looked at it",
    "device assurance": "Okta's name for its policies over devices",
    'OSCAL\'s "not-satisfied"': "a word of OSCAL's own, which a reader of the format looks for",
    "the state `not-satisfied`": "the same on the page of formats",
}
"""Phrase -> why it is allowed."""

KEPT: list[str] = [
    phrase
    for group in yaml.safe_load((ROOT / "policies/kept.yaml").read_text("utf-8"))["phrases"]
    for phrase in group["phrases"]
]
"""Those of the shipped controls, as their pack keeps them."""
