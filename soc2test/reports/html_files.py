"""What `matrix.html` is made with beside the run: its style and its script, and the policy that lets in no other."""

import base64
import hashlib
from functools import cache
from importlib.resources import files

__all__ = ["policy", "script", "style"]


@cache
def style() -> str:
    """The one style sheet: for screens from 320 px, dark rooms and paper."""
    return _text("style.css")


@cache
def script() -> str:
    """The one script: it searches, filters and opens what a link leads to. Without it everything is readable."""
    return _text("page.js")


@cache
def policy() -> str:
    """The Content-Security-Policy: no request at all, and no script but ours, named by the digest of its bytes."""
    digest = base64.b64encode(hashlib.sha256(script().encode()).digest()).decode()
    # the style attributes of bars are the run's counts, so that a digest can't name them
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; base-uri 'none'; "
        "form-action 'none'"
    )


def _text(name: str) -> str:
    return files("soc2test.reports").joinpath(f"page/{name}").read_text("utf-8")
