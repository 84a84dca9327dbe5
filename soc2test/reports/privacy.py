"""As what a company acts where Privacy is in scope."""

from soc2test.reports.view import in_scope
from soc2test.run import Run

__all__ = ["privacy_text"]

_ROLES = {
    "controller": "it decides itself what is done with personal data (controller)",
    "processor": "it holds personal data on behalf of others (processor)",
    "both": "it decides itself what is done with some personal data, and holds some on behalf of others (both)",
}


def privacy_text(run: Run) -> str:
    """As what the company acts where Privacy is in scope; "" where it is not. It decides no verdict."""
    if "privacy" not in in_scope(run):
        return ""
    role = run.programme.privacy_role
    if role is None:
        return "soc2.yaml does not say whether the company is controller or processor of personal data (privacy_role)"
    relevant = "" if role == "controller" else "; which criteria are not relevant then is management's to say"
    return f"{_ROLES[role]}{relevant}"
