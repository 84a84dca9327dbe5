"""The look of the plan's page: that of `matrix.html`, and what steps and days need beside."""

from soc2test.reports import html_files

__all__ = ["style"]

_OWN = """
.day,.step{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.6rem 1rem .7rem;
margin:.6rem 0;scroll-margin-top:1rem}
.day{border-left:5px solid var(--accent)}
.day h3,.step h3{margin:0 0 .35rem;color:var(--ink);line-height:1.35}
.day ol,.step ul{margin:.2rem 0;padding-left:1.4rem}.day li{margin:.25rem 0}
.step dl{margin:0;font-size:.92rem}.step dl div{margin:.1rem 0}
.step dt{display:inline;color:var(--soft)}.step dt::after{content:": "}.step dd{display:inline;margin:0}
.step li{font-size:.88rem}.how{margin:.5rem 0 0;font-size:.92rem}
.kind{font-size:.78rem;font-weight:400;color:var(--soft);white-space:nowrap}
td .why{margin:0;padding-left:1.1rem}
.sev-critical,.sev-high{--tone:var(--bad);--tone-bg:var(--bad-bg)}
.sev-medium{--tone:var(--open);--tone-bg:var(--open-bg)}.sev-low{--tone:var(--none);--tone-bg:var(--none-bg)}
@media print{.step,.day{break-inside:avoid}}
"""


def style() -> str:
    """The style sheet."""
    return html_files.style() + _OWN
