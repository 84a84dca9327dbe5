"""Made-up secrets of every shape, put together from pieces when they are needed; none opens anything."""

from string import ascii_letters, digits

from hypothesis import strategies as st

__all__ = ["TOKENS", "tokens"]

_A = "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7"
_HEX = "3f9a1c7e5b2d8064"
_UP = "Q7ZK2MXW9RB4TNV6"
_PEM = "-----BEGIN " + "RSA PRIVATE KEY-----\n" + "MIIE" + "A" * 60 + "\n-----END RSA PRIVATE KEY-----"
_UUID = "3f9a1c7e-5b2d-4064-93f9-a1c7e5b2d806"


def _made(letters: str, size: int) -> str:
    return (letters * (size // len(letters) + 1))[:size]


def _after(start: str, letters: str, size: int) -> tuple[str, str]:
    """A token that begins so."""
    secret = _made(letters, size)
    return start + secret, secret


TOKENS: dict[str, tuple[str, str]] = {
    "private key": (_PEM, "A" * 60),
    "private key, one line": (_PEM.replace("\n", "\\n"), "A" * 60),
    "private key, cut": (_PEM[:60], "MIIE"),
    "private key, of PuTTY": ("PuTTY-User-Key-" + f"File-3: ssh-rsa\nPrivate-Lines: 1\n{_A}\n", _A),
    "private key, of OpenVPN": ("-----BEGIN OpenVPN " + f"Static key V1-----\n{_HEX * 4}\n", _HEX * 4),
    "private key, of SSH2": (
        "---- BEGIN SSH2 ENCRYPTED " + f"PRIVATE KEY ----\n{_A}\n---- END SSH2 ENCRYPTED PRIVATE KEY ----", _A),
    "GitHub token": ("ghp_" + "A1b2" * 9, "A1b2A1b2"),
    "GitHub token, fine": ("github_pat_" + "A1b2" * 9, "A1b2A1b2"),
    "GitLab token": ("glpat-" + _A, _A),
    "GitLab token, of a runner": _after("GR1348" + "941", _A, 20),
    "GitLab token, of a trigger": _after("glptt-", _HEX, 40),
    "Slack token": ("xoxb-" + "1" * 12 + "-" + "a" * 24, "a" * 24),
    "Slack token, rotated": _after("xoxe." + "xoxp-1-", _UP, 160),
    "Slack webhook": ("https://hooks.slack.com/services/T0000000/B0000000/" + _A, _A),
    "Teams webhook": (f"https://acme.webhook.office.com/webhookb2/{_UUID}@{_UUID}/IncomingWebhook/{_HEX * 2}/{_UUID}", _HEX * 2),
    "Discord webhook": _after("https://discord.com/api/webhooks/123456789012345678/", _A, 68),
    "Discord token": (f"MTIz{_made(_A, 20)}.{_made(_A, 6)}.{_made(_A, 38)}", _made(_A, 38)),
    "Zapier webhook": _after("https://hooks.zapier.com/hooks/catch/", "1234567/a8b7c6d", 15),
    "Stripe key": ("sk_live_" + _A[:24], _A[:24]),
    "Google key": ("AIza" + "a" * 35, "a" * 35),
    "Google secret": ("GOCSPX-" + _A, _A),
    "Google refresh token": _after("1//" + "0", _A, 60),
    "Firebase key": (f"AAAA{_made(_A, 7)}:APA" + "91b" + _made(_A, 134), _made(_A, 134)),
    "JWT": ("eyJhbGciOiJub25lIn0.eyJzdWIiOiJjYW5hcnkifQ.c2ln", "eyJzdWIi"),
    "Grafana key": _after("eyJr" + "IjoiO", _A, 80),
    "Grafana token": (f"glsa_{_made(_A, 32)}_{_HEX[:8]}", _made(_A, 32)),
    "Grafana token, of the cloud": _after("glc_", _A, 60),
    "1Password token": _after("ops_" + "eyJ", _A, 260),
    "1Password key": (f"A3-{_UP[:6]}-{_UP[:11]}-{_UP[:5]}-{_UP[1:6]}-{_UP[2:7]}", f"{_UP[:11]}-{_UP[:5]}"),
    "Okta token": ("SSWS 00" + "a" * 40, "a" * 40),
    "npm token": ("npm_" + "a" * 36, "a" * 36),
    "npm token, in a file": ("//registry.invalid/:_authToken=" + _A, _A),
    "PyPI token": ("pypi-AgEIcHlwaS5vcmc" + _A * 3, _A),
    "RubyGems token": _after("rubygems_", _HEX, 48),
    "NuGet key": _after("oy" + "2", "a1b2c3d4e5", 43),
    "Clojars token": _after("CLOJARS_", "a1b2c3d4e5", 60),
    "Docker token": _after("dckr_pat_", _A, 27),
    "Artifactory key": _after("AKC" + "p", _A, 69),
    "Azure key": ("AccountName=a;AccountKey=" + "a" * 86 + "==;", "a" * 86),
    "Azure secret": ("abc8Q~" + "a" * 34, "a" * 34),
    "Azure DevOps token": (f"{_made(_A, 76)}AZ" + f"DO{_A[:4]}", _made(_A, 76)),
    "SAS signature": ("https://x.invalid/c?sv=1&sig=" + "a" * 43 + "%3D", "a" * 43),
    "AWS secret key": ("aws_secret_access_key = wJalr" + "X" * 35, "X" * 35),
    "AWS session token": _after("IQoJb3Jp" + "Z2lu", _A, 300),
    "AWS signature": _after("https://b.s3.invalid/k?X-Amz-Expires=60&X-Amz-Signature=", _HEX, 64),
    "AWS Bedrock key": _after("ABS" + "K", _A, 128),
    "AWS MWS token": ("amzn." + f"mws.{_UUID}", _UUID),
    "AWS AppSync key": _after("da2-", "a1b2c3d4e5", 26),
    "password in a URL": ("postgres://svc:CANARY-pa55@db.invalid/x", "CANARY-pa55"),
    "password in a URL, with a slash": ("postgres://svc:CANARY/pa55@db.invalid/x", "CANARY/pa55"),
    "password in a URL, with a quote": ("postgres://svc:CANARY'pa55@db.invalid/x", "CANARY'pa55"),
    "password in a URL, with a bracket": ("postgres://svc:CANARY<pa55@db.invalid/x", "CANARY<pa55"),
    "password in a URL, with an at sign": ("postgres://svc:CANARY@pa55@db.invalid/x", "CANARY@pa55"),
    "one-time password seed": ("otpauth://totp/acme:ada?secret=" + _made("JBSWY3DPEHPK", 32) + "&issuer=acme", "JBSWY3DPEHPK"),
    "password hash": ("$2b$12$" + _made(_A, 53), _made(_A, 53)),
    "password hash, argon2": ("$argon2id$v=19$m=65536,t=3,p=4$" + _made(_A, 60), _made(_A, 60)),
    "password hash, crypt": ("$6$saltsalt$" + _made(_A, 86), _made(_A, 86)),
    "SendGrid key": ("SG." + "a" * 22 + "." + "b" * 43, "b" * 43),
    "password of a command": ("curl -s -u admin:CANARYpa55 https://db.invalid", "CANARYpa55"),
    "password of a command, long": ("curl https://db.invalid --user 'admin:CANARYpa55'", "CANARYpa55"),
    "Mailgun key": _after("key-", _HEX, 32),
    "Mailgun key, behind a word": _after("prod-key-", _HEX, 32),
    "Mailgun key, between words": ("key-" + _HEX * 2 + "-blue", _HEX * 2),
    "Discord token, behind a word": (f"bot-MTIz{_made(_A, 20)}.{_made(_A, 6)}.{_made(_A, 38)}", _made(_A, 38)),
    "Mailchimp key, before a word": (_HEX * 2 + "-us12-x", _HEX * 2),
    "Mailchimp key": (_HEX * 2 + "-us12", _HEX * 2),
    "Brevo key": (f"xkeysib-{_HEX * 4}-{_A[:16]}", _HEX * 4),
    "API key": ("sk-" + _A, _A),
    "API key, behind a prefix": _after("prod-sk-" + "proj-", _A, 74),
    "API key, behind a word": _after("prodsk-" + "ant-api03-", _A, 95),
    "Groq key": _after("gsk_", _A, 52),
    "xAI key": _after("xai-", _A, 80),
    "Perplexity key": _after("pplx-", _A, 48),
    "Hugging Face token": _after("hf_", ascii_letters, 34),
    "Replicate token": _after("r8_", _A, 37),
    "LangSmith key": (f"lsv2_pt_{_HEX * 2}_{_HEX[:10]}", _HEX * 2),
    "Vault token": ("hvs." + _A, _A),
    "Terraform token": (f"{_A[:14]}.atlasv1.{_made(_A, 67)}", _made(_A, 67)),
    "Pulumi token": _after("pul-", _HEX, 40),
    "Doppler token": _after("dp.pt.", _A, 43),
    "DigitalOcean token": ("dop_v1_" + "a" * 64, "a" * 64),
    "Heroku key": _after("HRKU-" + "AA", _A, 58),
    "Fly.io token": _after("fo1_", _A, 43),
    "Netlify token": _after("nfp_", _A, 36),
    "Scalingo token": _after("tk-us-", _A, 48),
    "Supabase key": _after("sbp_", _HEX, 40),
    "PlanetScale token": _after("pscale_tkn_", _A, 43),
    "Databricks token": _after("dapi", _HEX, 32),
    "ClickHouse key": _after("4b1d", _A, 38),
    "Cloudflare key": (f"v1.0-{_made(_HEX, 24)}-{_made(_HEX, 146)}", _made(_HEX, 146)),
    "Tailscale key": (f"tskey-auth-k{_A[:12]}-{_A}", _A),
    "Atlassian token": _after("ATATT" + "3", _A, 186),
    "Linear key": _after("lin_api_", _A, 40),
    "Notion token": _after("ntn_", digits + _A, 46),
    "Notion token, older": _after("secret_", _A, 43),
    "Figma token": _after("figd_", _A, 40),
    "Contentful token": _after("CFPAT-", _A, 43),
    "ReadMe key": _after("rdme_", "a1b2c3d4e5", 70),
    "Typeform token": _after("tfp_", _A, 59),
    "Frame.io token": _after("fio-u-", _A, 64),
    "Adobe secret": _after("p8e-", "a1b2c3d4e5", 32),
    "Postman key": (f"PMAK-{_made(_HEX, 24)}-{_made(_HEX, 34)}", _made(_HEX, 34)),
    "Prefect key": _after("pnu_", _A, 36),
    "Harness token": (f"pat.{_A[:22]}.{_made(_HEX, 24)}.{_A[:20]}", _A[:20]),
    "Buildkite token": _after("bkua_", _HEX, 40),
    "CircleCI token": (f"CCIPAT_{_A[:22]}_{_made(_HEX, 40)}", _made(_HEX, 40)),
    "Octopus key": _after("API-", _UP, 26),
    "SonarQube token": _after("squ_", _HEX, 40),
    "Sourcegraph token": (f"sgp_{_HEX}_{_made(_HEX, 40)}", _made(_HEX, 40)),
    "OpenShift token": _after("sha256~", _A, 43),
    "Sentry token": _after("sntryu_", _HEX, 64),
    "Dynatrace token": (f"dt0c01.{_made(_UP, 24)}.{_made(_UP, 64)}", _made(_UP, 64)),
    "New Relic key": _after("NRAK-", _UP, 27),
    "New Relic key, of a license": (_made(_HEX, 36) + "NR" + "AL", _made(_HEX, 36)),
    "Infracost key": _after("ico-", _A, 32),
    "Telegram token": _after("1234567890:A" + "A", _A, 33),
    "Twilio key": _after("SK", _HEX, 32),
    "Facebook token": _after("EAA" + "C", _A, 120),
    "Shopify token": _after("shpat_", _HEX, 32),
    "Shippo token": _after("shippo_live_", _HEX, 40),
    "Square token": _after("sq0" + "csp-", _A, 43),
    "Square token, of access": _after("EAA" + "A", _A, 60),
    "Plaid token": (f"access-production-{_UUID}", _UUID),
    "Flutterwave key": (f"FLWSECK_TEST-{_HEX * 2}-X", _HEX * 2),
    "Duffel token": _after("duffel_live_", _A, 43),
    "EasyPost key": _after("EZA" + "K", _A, 54),
    "Dropbox token": _after("sl.", _A, 135),
    "MaxMind key": (f"{_A[:6]}_{_made(_A, 29)}_mmk", _made(_A, 29)),
    "Yandex key": _after("AQV" + "N", _A, 36),
    "SettleMint token": _after("sm_pat_", _A, 16),
    "42 secret": _after("s-s4t2ud-", _HEX, 64),
    "age key": ("AGE-SECRET-KEY-1" + "Q" * 58, "Q" * 58),
    "credential": ("it sends Bearer " + _A, _A),
    "credential, basic": ("Authorization: Basic c3ZjOkNBTkFSWQ==", "c3ZjOkNBTkFSWQ"),
    "value of a secret's name": ("host=db;Password=CANARY-pa55;Port=5432", "CANARY-pa55"),
    "value of a secret's name, in JSON": ('{"api_key": "CANARY-pa55"}', "CANARY-pa55"),
    "value of a secret's name, in an environment": ("GATEWAY_TOKEN=CANARY-pa55", "CANARY-pa55"),
    "password": ("ROOT_PASSWORD: CANARY-pa55", "CANARY-pa55"),
    "password, in a file of settings": ('password = "CANARY-pa55"', "CANARY-pa55"),
    "password, in XML": ("<password>CANARY-pa55</password>", "CANARY-pa55"),
    "password, by its short name": ("DB_PASS=CANARY-pa55", "CANARY-pa55"),
    "password, in a command": ("--password CANARY-pa55", "CANARY-pa55"),
    "password of a command, without digits": ("curl -u admin:CANARYpass https://acme.example", "CANARYpass"),
}  # fmt: skip
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
