"""The findings of a control in `matrix.html`: the first in sight, the others one step further, each with an address."""

from collections.abc import Sequence

from soc2test.reports.html_links import Places, evidence_link, finding_anchor
from soc2test.reports.html_parts import code, prose, text
from soc2test.reports.view import outcome_text
from soc2test.verdicts import Finding

__all__ = ["finding_item", "findings_list"]

_AT_ONCE = 20
"""findings that stand in sight where the control is open"""

_TONES = {
    "deviation": ("deviation", "✗"),
    "error": ("error", "✗"),
    "unknown": ("not_evaluated", "?"),
    "waived": ("accepted", "!"),
    "pending": ("pending", "…"),
    "exempt": ("not_applicable", "·"),
}


def finding_item(finding: Finding, places: Places, several_sources: bool, named: bool = True) -> str:
    """One finding; its source stands at it where the control has several. Without `named` it has no address."""
    tone, glyph = _TONES[finding.outcome]
    source = f' data-source="{text(finding.source)}"' if several_sources else ""
    address = f' id="{finding_anchor(finding)}"' if named else ""
    told = evidence_link(finding, places)
    return (
        f'<li{address}{source}><b class="{tone}">{glyph} {text(outcome_text(finding))}</b> {code(finding.resource)} '
        f"<i>{text(finding.kind)}</i><p>{prose(finding.message)}</p>{told}</li>\n"
    )


def findings_list(items: Sequence[str], total: int) -> str:
    """Those for which there is room, and how many there are beside them."""
    if not total:
        return ""
    shown = f'<ul class="findings">\n{"".join(items[:_AT_ONCE])}</ul>\n' if items else ""
    later = items[_AT_ONCE:]
    if later:
        shown += (
            f'<details class="more"><summary>{len(later)} more findings</summary>\n'
            f'<ul class="findings">\n{"".join(later)}</ul></details>\n'
        )
    missing = total - len(items)
    note = f'<p class="fine">and {missing} more, all of them in findings.ndjson</p>\n' if missing else ""
    return f"<h3>Findings: {total}</h3>\n{shown}{note}"
