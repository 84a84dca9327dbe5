"""Made-up secrets of every shape; none opens anything."""

from string import ascii_letters, digits

from hypothesis import strategies as st

__all__ = ["TOKENS", "tokens"]

_A = "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7"
_PEM = "-----BEGIN " + "RSA PRIVATE KEY-----\n" + "MIIE" + "A" * 60 + "\n-----END RSA PRIVATE KEY-----"

TOKENS: dict[str, tuple[str, str]] = {
    "private key": (_PEM, "A" * 60),
    "private key, one line": (_PEM.replace("\n", "\\n"), "A" * 60),
    "private key, cut": (_PEM[:60], "MIIE"),
    "GitHub token": ("ghp_" + "A1b2" * 9, "A1b2A1b2"),
    "GitHub token, fine": ("github_pat_" + "A1b2" * 9, "A1b2A1b2"),
    "GitLab token": ("glpat-" + _A, _A),
    "Slack token": ("xoxb-" + "1" * 12 + "-" + "a" * 24, "a" * 24),
    "Slack webhook": ("https://hooks.slack.com/services/T0000000/B0000000/" + _A, _A),
    "Stripe key": ("sk_live_" + _A[:24], _A[:24]),
    "Google key": ("AIza" + "a" * 35, "a" * 35),
    "Google secret": ("GOCSPX-" + _A, _A),
    "JWT": ("eyJhbGciOiJub25lIn0.eyJzdWIiOiJjYW5hcnkifQ.c2ln", "eyJzdWIi"),
    "Okta token": ("SSWS 00" + "a" * 40, "a" * 40),
    "npm token": ("npm_" + "a" * 36, "a" * 36),
    "npm token, in a file": ("//registry.invalid/:_authToken=" + _A, _A),
    "PyPI token": ("pypi-AgEIcHlwaS5vcmc" + _A * 3, _A),
    "Azure key": ("AccountName=a;AccountKey=" + "a" * 86 + "==;", "a" * 86),
    "Azure secret": ("abc8Q~" + "a" * 34, "a" * 34),
    "SAS signature": ("https://x.invalid/c?sv=1&sig=" + "a" * 43 + "%3D", "a" * 43),
    "AWS secret key": ("aws_secret_access_key = wJalr" + "X" * 35, "X" * 35),
    "password in a URL": ("postgres://svc:CANARY-pa55@db.invalid/x", "CANARY-pa55"),
    "SendGrid key": ("SG." + "a" * 22 + "." + "b" * 43, "b" * 43),
    "API key": ("sk-" + _A, _A),
    "Vault token": ("hvs." + _A, _A),
    "DigitalOcean token": ("dop_v1_" + "a" * 64, "a" * 64),
    "age key": ("AGE-SECRET-KEY-1" + "Q" * 58, "Q" * 58),
}
"""Kind -> text, and what of it must not be seen."""


def _of(alphabet: str, size: int) -> st.SearchStrategy[str]:
    return st.text(alphabet, min_size=size, max_size=size)


def tokens() -> st.SearchStrategy[str]:
    """Tokens that no one has written down."""
    word = ascii_letters + digits
    return st.one_of(
        _of(word, 36).map("ghp_".__add__), _of(word, 36).map("npm_".__add__), _of(word, 24).map("sk_live_".__add__),
        _of(word + "-_", 20).map("glpat-".__add__), _of(word + "-_", 35).map("AIza".__add__),
        st.tuples(_of(digits, 12), _of(word.lower(), 24)).map(lambda each: f"xoxb-{each[0]}-{each[1]}"),
        st.tuples(_of(word, 20), _of(word, 20), _of(word, 20)).map(lambda each: "eyJ" + ".".join(each)),
    )  # fmt: skip
