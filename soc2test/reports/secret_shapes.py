"""`SHAPES`: what secrets look like, as data.

The patterns are written for this project; which secrets there are, and what they begin with, was taken from the
vendors' pages and from two kept lists: the rules of gitleaks 8 (https://github.com/gitleaks/gitleaks, MIT License,
Copyright (c) 2019 Zachary Rice) and the detectors of detect-secrets 1.5 (https://github.com/Yelp/detect-secrets,
Apache License 2.0). Unlike theirs they match all of a secret, with whatever stands before it, and ask for no more than
its beginning and a length that no word has.

Not taken over: public keys and ids (`AKIA...`, `LTAI...`, `pk_live_`), and rules that tell a secret only by a product's
name somewhere before it: those values are hidden by the name of their field.
"""

from typing import NamedTuple

__all__ = ["SHAPES", "Shape"]


class Shape(NamedTuple):
    """What a secret looks like. `signs`: one of them stands in every one, so that a text without is passed over."""

    kind: str
    signs: tuple[str, ...]
    pattern: str
    """its group `secret`, if it has one, is what is hidden"""
    lead: int = 0
    """at most so many bytes of what the pattern matches stand before a sign"""


_WORD = "[A-Za-z0-9_-]"
_ALNUM = "[A-Za-z0-9]"
_HEX = "[0-9A-Fa-f]"
_UUID = f"{_HEX}{{8}}-(?:{_HEX}{{4}}-){{3}}{_HEX}{{12}}"
_BODY = r"(?:[A-Za-z0-9+/=:,.\s]|-(?!----)|\\{1,4}[nr]|\\{1,4}u000[aAdD]|&\#1[03];|\(\d{1,9} characters)"
_KEYS = r"[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?-{4,5}"
_MIXED = f"(?={_WORD}{{0,200}}[A-Z])(?={_WORD}{{0,200}}[0-9])"
_MIXED_ALNUM = "(?=[a-z0-9]{0,31}[A-Z])(?=[A-Za-z]{0,31}[0-9])"
"""no digest, and no word"""
_IN_URL = r"""\s"'<>\\|`"""
_ODD = r"""['<>|](?![,;\])}]|$)"""
"""What may stand in a password, and ends a text that stands in quotes: there a comma or bracket follows."""
_NO_VALUE = r"(?:arn:|projects/|https?:|person-|sha\d+:|[/$%*(<{\[])"
_VALUE = (
    rf"(?!{_NO_VALUE})(?=[^\s\"'&;,]{{0,200}}[0-9])(?=[^\s\"'&;,]{{0,200}}[A-Za-z])"
    r"[^\s\"'&;,<>|`\\()\[\]{}]{6,200}(?![(\[{])"
)
"""What is no reference, no variable, no number and no word"""
_OF_PAGES = "".join(
    f"(?<!{word})(?<!{word}[_-])"
    for word in (
        "ext", "EXT", "age", "AGE", "tion", "TION", "kip", "KIP", "ync", "YNC", "ing", "ient", "IENT", "ock", "uest",
        "ence",
    )
)  # fmt: skip
"""Tokens of pages and of requests are none: `NextToken`, `continuation_token`, `ClientToken`"""
_NAMES = (
    r"[Pp]ass(?:word|wd|phrase)|PASS(?:WORD|WD|PHRASE)|[Pp]wd|PWD|[Ss]ecret|SECRET"
    rf"|{_OF_PAGES}(?:[Tt]oken|TOKEN)|[Aa]pi[_-]?[Kk]ey|API[_-]?KEY"
    r"|(?:[Ss]ecret|[Aa]ccess|[Pp]rivate|[Aa]uth|[Aa]ccount|[Ss]igning|[Ll]icense|[Mm]aster)[_-]?[Kk]ey"
    r"|(?:SECRET|ACCESS|PRIVATE|AUTH|ACCOUNT|SIGNING|LICENSE|MASTER)[_-]?KEY"
)
_NAME_ENDS = ("word", "wd", "phrase", "ecret", "oken", "ey")
_GIVEN = tuple(
    f"{case}{sign}"
    for end in _NAME_ENDS for case in (end, end.upper()) for sign in ("=", '":', "':")
)  # fmt: skip
_PASSWORDS = r"(?:[Pp]ass(?:word|wd|phrase)|PASS(?:WORD|WD|PHRASE)|[Pp]wd|PWD|(?<![A-Za-z])PASS)"
_PASSWORD_GIVEN = tuple(
    f"{end}{sign}" for word in ("word", "wd", "phrase") for end in (word, word.upper()) for sign in (": ", " = ", ">")
)
_DISCORD_STARTS = ("MT", "Mj", "Mz", "ND", "NT", "Nj", "Nz", "OD", "OT")
_DISCORD_IDS = tuple(f"{first}{third}" for first in _DISCORD_STARTS for third in "AEIMQUYcgk")
"""what the digits of an id become in base64"""

SHAPES = (
    Shape("private key", ("PRIVATE KEY",), f"-{{4,5}} ?BEGIN {_KEYS}(?:{_BODY}{{0,20000}}?-{{4,5}} ?END {_KEYS}"
          r"|(?:[A-Za-z0-9+/=]|\\{1,4}[nr]|\\{1,4}u000[aAdD]|\s(?=[A-Za-z0-9+/]{16}))*)", lead=52),
    Shape("private key", ("Private-Lines:",),
          r"Private-Lines:\s\d{1,4}"
          r"(?P<secret>(?:\s{1,4}[A-Za-z0-9+/=]{16,})+(?:\s{1,4}[A-Za-z0-9+/=]{1,15}(?=\s+Private-MAC))?)"),
    Shape("private key", ("OpenVPN Static key",), r"OpenVPN Static key V1-----(?P<secret>(?:\s{1,4}[0-9a-f]{32,})+)"),
    Shape("GitHub token", ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"), r"gh[pousr]_(?:(?!gh[pousr]_)[A-Za-z0-9]){36,255}"),
    Shape("GitHub token", ("github_pat_",), r"github_pat_[A-Za-z0-9_]{22,255}"),
    Shape("GitLab token", ("glpat-", "gldt-", "glrt-", "glrtr-", "glptt-", "glft-", "glimt-", "glagent-", "gloas-",
                           "glsoat-", "glcbt-", "glffct-", "glwt-"),
          rf"gl(?:pat|dt|rtr?|ptt|ft|imt|agent|oas|soat|cbt|ffct|wt)-{_WORD}{{20,}}(?:\.{_WORD}+)*"),
    Shape("GitLab token", ("GR1348941",), rf"GR1348941{_WORD}{{20,}}"),
    Shape("Slack token", ("xox", "xapp-"), r"(?:xoxe\.)?(?:xox[abceoprs]|xapp)-[A-Za-z0-9-]{10,}", lead=5),
    Shape("Slack webhook", ("hooks.slack.com",),
          r"hooks\.slack\.com/(?:services|workflows|triggers)/(?P<secret>[\w/-]{20,})"),
    Shape("Teams webhook", (".office.com/webhook",), r"\.office\.com/webhook(?:b2)?/(?P<secret>[\w@/.-]{30,})"),
    Shape("Discord webhook", ("/api/webhooks/",), rf"/api/webhooks/\d{{15,20}}/(?P<secret>{_WORD}{{40,}})"),
    Shape("Discord token", _DISCORD_IDS,
          rf"(?:M[Tjz]|N[DTjz]|O[DT])[AEIMQUYcgk]{_WORD}{{20,25}}\.{_WORD}{{6}}\.{_WORD}{{27,40}}"),
    Shape("Zapier webhook", ("hooks.zapier.com",), r"hooks\.zapier\.com/hooks/catch/(?P<secret>[\w/]{10,})"),
    Shape("Stripe key", ("k_live_", "k_test_", "k_prod_", "whsec_"),
          r"(?:[rs]k_(?:live|test|prod)_|whsec_)[A-Za-z0-9]{16,}", lead=1),
    Shape("Google key", ("AIza",), rf"AIza{_WORD}{{35}}"),
    Shape("Google secret", ("GOCSPX-", "ya29."), rf"(?:GOCSPX-|ya29\.){_WORD}{{20,}}"),
    Shape("Google refresh token", ("1//0",), rf"1//0{_WORD}{{36,}}"),
    Shape("Firebase key", (":APA91b",), rf"{_WORD}{{0,60}}:APA91b{_WORD}{{60,}}", lead=60),
    Shape("JWT", ("eyJ",), rf"eyJ{_WORD}{{8,}}\.{_WORD}{{4,}}(?:\.{_WORD}*){{0,3}}"),
    Shape("Grafana key", ("eyJrIjoi",), r"eyJrIjoi[A-Za-z0-9+/]{60,}={0,3}"),
    Shape("Grafana token", ("glsa_",), rf"glsa_{_ALNUM}{{32}}_{_HEX}{{8}}"),
    Shape("Grafana token", ("glc_",), r"glc_[A-Za-z0-9+/]{32,}={0,3}"),
    Shape("1Password token", ("ops_eyJ",), r"ops_eyJ[A-Za-z0-9+/_-]{60,}={0,3}"),
    Shape("1Password key", ("A3-",), r"A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}"),
    Shape("Okta token", ("SSWS",), rf"SSWS\s{{1,4}}(?P<secret>{_WORD}{{20,}})"),
    Shape("npm token", ("npm_",), r"npm_[A-Za-z0-9]{36}"),
    Shape("npm token", ("_authToken=", "_auth=", "_password="),
          r"_(?:authToken|auth|password)=(?P<secret>[\w./+=-]{8,})"),
    Shape("PyPI token", ("pypi-",), rf"pypi-AgE{_WORD}{{30,}}"),
    Shape("RubyGems token", ("rubygems_",), rf"rubygems_{_HEX}{{40,}}"),
    Shape("NuGet key", ("oy2",), r"(?<![A-Za-z0-9])oy2[a-z0-9]{43}(?![A-Za-z0-9])"),
    Shape("Clojars token", ("CLOJARS_",), r"CLOJARS_[A-Za-z0-9]{40,}"),
    Shape("Docker token", ("dckr_pat_", "dckr_oat_"), rf"dckr_[po]at_{_WORD}{{20,}}"),
    Shape("Artifactory key", ("AKCp", "cmVmd"), r"(?:AKCp|cmVmd)[A-Za-z0-9]{58,}"),
    Shape("Azure key", ("AccountKey=", "SharedAccessKey="),
          r"(?:AccountKey|SharedAccessKey)=(?P<secret>[A-Za-z0-9+/]{40,}={0,2})"),
    Shape("Azure secret", tuple(f"{digit}Q~" for digit in range(10)),
          r"[A-Za-z0-9_~.]{3}\dQ~[A-Za-z0-9_~.-]{31,34}", lead=3),
    Shape("Azure DevOps token", ("AZDO",), r"[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}", lead=76),
    Shape("SAS signature", ("sig=",), r"[?&;](?:amp;)?sig=(?P<secret>[A-Za-z0-9%+/_-]{30,}={0,2})", lead=5),
    Shape("AWS secret key", ("ecret", "ECRET"),
          r"(?i:aws_?secret(?:_?access)?(?:_?key)?|secret_?access_?key)[^A-Za-z0-9]{1,12}"
          r"(?P<secret>[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])|"
          r"(?=[a-z0-9/+]{0,31}[A-Z])(?=[A-Za-z/+]{0,31}[0-9])[A-Za-z0-9/+]{41,})", lead=5),
    Shape("AWS session token", ("IQoJb3JpZ2lu", "FwoGZXIvYXdz", "FQoGZXIvYXdz"),
          r"(?:IQoJb3JpZ2lu|F[wQ]oGZXIvYXdz)[A-Za-z0-9+/_%-]{40,}={0,2}"),
    Shape("AWS signature", ("X-Amz-Signature=", "X-Amz-Security-Token="),
          r"X-Amz-(?:Signature|Security-Token)=(?P<secret>[\w%+/=-]{32,})"),
    Shape("AWS Bedrock key", ("ABSK",), r"ABSK[A-Za-z0-9+/]{100,}={0,2}"),
    Shape("AWS MWS token", ("amzn.mws.",), rf"amzn\.mws\.{_UUID}"),
    Shape("AWS AppSync key", ("da2-",), r"(?<![A-Za-z0-9])da2-[a-z0-9]{26}(?![A-Za-z0-9])"),
    Shape("password in a URL", ("://",),
          rf"://[^:@/?\#{_IN_URL}]{{0,100}}:(?P<secret>(?:[^/?\#\[\]{_IN_URL}]|{_ODD}){{1,200}}"
          rf"|(?!\d{{1,5}}[/?\#])(?:[^@{_IN_URL}]|{_ODD}){{1,200}})@(?!sha\d)"),
    Shape("one-time password seed", ("otpauth://",),
          r"otpauth://[^\s\"']{0,300}?[?&;]secret=(?P<secret>[A-Za-z2-7=%]{8,})"),
    Shape("password hash", ("$2a$", "$2b$", "$2y$"), r"\$2[aby]\$\d\d\$[./A-Za-z0-9]{50,}"),
    Shape("password hash", ("$argon2",), r"\$argon2(?:id|i|d)\$[A-Za-z0-9+/$=,.]{30,}"),
    Shape("password hash", ("$1$", "$5$", "$6$", "$y$"), r"\$[156y]\$(?:rounds=\d+\$)?[./A-Za-z0-9$]{24,}"),
    Shape("SendGrid key", ("SG.",), rf"SG\.{_WORD}{{16,32}}\.{_WORD}{{16,64}}"),
    Shape("Mailgun key", ("key-",), rf"key-[0-9a-f]{{32}}(?!{_HEX})"),
    Shape("Mailchimp key", tuple(f"-us{digit}" for digit in range(1, 10)),
          r"(?<![0-9a-f])[0-9a-f]{32}-us\d{1,2}(?!\d)", lead=32),
    Shape("Brevo key", ("xkeysib-", "xsmtpsib-"), rf"x(?:key|smtp)sib-{_HEX}{{40,}}(?:-{_ALNUM}+)?"),
    Shape("API key", ("sk-",), rf"(?<!{_WORD})sk-{_WORD}{{20,}}|(?<!{_ALNUM})sk-{_ALNUM}{{20,}}"
          rf"|(?<!{_ALNUM})sk-(?:proj|svcacct|admin|service|None|ant|or-v1|lf|api\d*)-{_WORD}{{20,}}"
          rf"|sk-(?:proj|svcacct|admin|ant|or-v1)-{_MIXED}{_WORD}{{32,}}|sk-{_ALNUM}{{16,}}T3BlbkFJ{_WORD}+"
          rf"|sk-{_MIXED_ALNUM}{_ALNUM}{{40,}}"),
    Shape("Groq key", ("gsk_",), rf"gsk_{_ALNUM}{{40,}}"),
    Shape("xAI key", ("xai-",), rf"xai-{_ALNUM}{{40,}}"),
    Shape("Perplexity key", ("pplx-",), rf"pplx-{_ALNUM}{{40,}}"),
    Shape("Hugging Face token", ("hf_", "api_org_"), rf"(?:hf_|api_org_){_ALNUM}{{30,}}"),
    Shape("Replicate token", ("r8_",), rf"r8_{_ALNUM}{{37}}"),
    Shape("LangSmith key", ("lsv2_",), rf"lsv2_(?:pt|sk)_{_HEX}{{32}}_{_HEX}{{10}}"),
    Shape("Vault token", ("hvs.", "hvb.", "hvr."), rf"hv[sbr]\.{_WORD}{{24,}}"),
    Shape("Terraform token", (".atlasv1.",), rf"{_ALNUM}{{10,20}}\.atlasv1\.[\w=-]{{40,}}", lead=20),
    Shape("Pulumi token", ("pul-",), rf"pul-{_HEX}{{40}}"),
    Shape("Doppler token", ("dp.pt.", "dp.st.", "dp.ct.", "dp.sa.", "dp.scim.", "dp.audit."),
          rf"dp\.(?:pt|st|ct|sa|scim|audit)\.(?:{_WORD}+\.)?{_ALNUM}{{40,}}"),
    Shape("DigitalOcean token", ("_v1_",), r"do[opr]_v1_[a-f0-9]{64}", lead=3),
    Shape("Heroku key", ("HRKU-",), rf"HRKU-{_WORD}{{36,}}"),
    Shape("Fly.io token", ("fo1_", "fm1a_", "fm1r_", "fm2_"),
          r"(?:fo1_[\w-]{43}|fm(?:1[ar]|2)_[A-Za-z0-9+/]{60,}={0,3})"),
    Shape("Netlify token", ("nfp_", "nfc_", "nfo_", "nfu_", "nfb_"), rf"nf[pcoub]_{_ALNUM}{{36,}}"),
    Shape("Scalingo token", ("tk-us-",), rf"tk-us-{_WORD}{{48}}"),
    Shape("Supabase key", ("sbp_", "sb_secret_"), rf"(?:sbp_{_HEX}{{40}}|sb_secret_{_WORD}{{20,}})"),
    Shape("PlanetScale token", ("pscale_tkn_", "pscale_oauth_", "pscale_pw_"), r"pscale_(?:tkn|oauth|pw)_[\w=.-]{30,}"),
    Shape("Databricks token", ("dapi",), rf"dapi{_HEX}{{32}}(?:-\d)?"),
    Shape("ClickHouse key", ("4b1d",), rf"(?<!{_ALNUM})4b1d{_ALNUM}{{38}}(?!{_ALNUM})"),
    Shape("Cloudflare key", ("v1.0-",), rf"v1\.0-{_HEX}{{24}}-{_HEX}{{100,}}"),
    Shape("Tailscale key", ("tskey-",), rf"tskey-(?:[a-z]+-)?{_ALNUM}{{8,}}(?:-{_ALNUM}+)?"),
    Shape("Atlassian token", ("ATATT3", "ATCTT3", "ATBB"), r"(?:AT[AC]TT3[\w=-]{40,}|ATBB[A-Za-z0-9]{24,})"),
    Shape("Linear key", ("lin_api_", "lin_oauth_"), rf"lin_(?:api|oauth)_{_ALNUM}{{40,}}"),
    Shape("Notion token", ("ntn_",), rf"ntn_{_ALNUM}{{40,}}"),
    Shape("Notion token", ("secret_",),
          rf"(?<!{_ALNUM})secret_{_ALNUM}{{43}}(?!{_ALNUM})|secret_{_MIXED_ALNUM}{_ALNUM}{{43,}}"),
    Shape("Figma token", ("figd_",), rf"figd_{_WORD}{{36,}}"),
    Shape("Contentful token", ("CFPAT-",), rf"CFPAT-{_WORD}{{36,}}"),
    Shape("ReadMe key", ("rdme_",), r"rdme_[a-z0-9]{60,}"),
    Shape("Typeform token", ("tfp_",), r"tfp_[\w.=-]{40,}"),
    Shape("Frame.io token", ("fio-u-",), rf"fio-u-{_WORD}{{60,}}"),
    Shape("Adobe secret", ("p8e-",), rf"p8e-{_ALNUM}{{32}}"),
    Shape("Postman key", ("PMAK-",), rf"PMAK-{_HEX}{{24}}-{_HEX}{{34}}"),
    Shape("Prefect key", ("pnu_",), rf"pnu_{_ALNUM}{{36}}"),
    Shape("Harness token", ("pat.", "sat."), rf"[ps]at\.{_WORD}{{22}}\.{_ALNUM}{{24}}\.{_ALNUM}{{20}}"),
    Shape("Buildkite token", ("bkua_",), rf"bkua_{_HEX}{{40}}"),
    Shape("CircleCI token", ("CCIPAT_",), rf"CCIPAT_{_ALNUM}{{22}}_{_HEX}{{40}}"),
    Shape("Octopus key", ("API-",), r"API-(?=[A-Z]{0,25}[0-9])[A-Z0-9]{26,}"),
    Shape("SonarQube token", ("squ_", "sqp_", "sqa_"), rf"sq[upa]_{_HEX}{{40}}"),
    Shape("Sourcegraph token", ("sgp_",), rf"sgp_(?:(?:{_HEX}{{16}}|local)_)?{_ALNUM}{{40,}}"),
    Shape("OpenShift token", ("sha256~",), rf"sha256~{_WORD}{{43}}"),
    Shape("Sentry token", ("sntrys_", "sntryu_"), r"sntry[su]_[A-Za-z0-9+/=_-]{40,}"),
    Shape("Dynatrace token", ("dt0",), rf"dt0[a-z]\d\d\.{_ALNUM}{{24}}\.{_ALNUM}{{64}}"),
    Shape("New Relic key", ("NRAK-", "NRII-", "NRJS-", "NRRA-"), rf"NR(?:AK|II|JS|RA)-{_WORD}{{19,}}"),
    Shape("New Relic key", ("NRAL",), rf"{_HEX}{{32,36}}NRAL", lead=36),
    Shape("Infracost key", ("ico-",), rf"(?<!{_ALNUM})ico-{_ALNUM}{{32}}|ico-{_MIXED_ALNUM}{_ALNUM}{{32}}"),
    Shape("Telegram token", (":AA",), rf"(?<!\d)\d{{8,10}}:AA{_WORD}{{33}}", lead=10),
    Shape("Twilio key", tuple(f"SK{digit:x}" for digit in range(16)), r"(?<![A-Z0-9])SK[0-9a-f]{32}(?![0-9a-f])"),
    Shape("Facebook token", ("EAAM", "EAAC"), rf"EAA[MC]{_ALNUM}{{90,}}"),
    Shape("Shopify token", ("shpat_", "shpca_", "shppa_", "shpss_", "shpua_"),
          rf"shp(?:at|ca|pa|ss|ua)_{_ALNUM}{{32}}"),
    Shape("Shippo token", ("shippo_",), rf"shippo_(?:live|test)_{_ALNUM}{{40}}"),
    Shape("Square token", ("sq0",), rf"sq0(?:atp|csp)-{_WORD}{{22,}}"),
    Shape("Square token", ("EAAA",), rf"(?<![A-Za-z0-9/+])EAAA{_WORD}{{60}}(?!{_ALNUM})"),
    Shape("Plaid token", ("access-sandbox-", "access-development-", "access-production-"),
          rf"access-(?:sandbox|development|production)-{_UUID}"),
    Shape("Flutterwave key", ("FLWSECK",), rf"FLWSECK(?:_TEST)?-{_ALNUM}{{12,}}(?:-X)?"),
    Shape("Duffel token", ("duffel_live_", "duffel_test_"), r"duffel_(?:test|live)_[\w=-]{40,}"),
    Shape("EasyPost key", ("EZAK", "EZTK"), rf"EZ[AT]K{_ALNUM}{{54}}"),
    Shape("Dropbox token", ("sl.",), rf"sl\.{_WORD}{{100,}}"),
    Shape("MaxMind key", ("_mmk",), rf"{_ALNUM}{{6}}_{_ALNUM}{{29}}_mmk", lead=36),
    Shape("Yandex key", ("AQVN",), rf"AQVN{_WORD}{{35,38}}"),
    Shape("SettleMint token", ("sm_aat_", "sm_pat_", "sm_sat_"), rf"sm_[aps]at_{_ALNUM}{{16,}}"),
    Shape("42 secret", ("s-s4t2",), rf"s-s4t2(?:ud|af)-{_HEX}{{64}}"),
    Shape("age key", ("AGE-SECRET-KEY-1",), r"AGE-SECRET-KEY-1[A-Z0-9]{40,}"),
    Shape("credential", ("earer ", "EARER "),
          r"(?i:bearer)\s{1,4}(?P<secret>(?=[\w.~+/-]{0,200}[0-9])[\w.~+/-]{20,}={0,2})", lead=1),
    Shape("credential", ("uthorization", "UTHORIZATION"),
          r"(?i:authorization)[\"']?\s{0,3}[:=]\s{0,3}[\"']?(?i:basic|bearer|token|ssws|apikey|digest)\s{1,4}(?P<secret>[\w.~+/=-]{8,})",
          lead=1),
    Shape("value of a secret's name", _GIVEN,
          rf"(?:{_NAMES})(?:=[\"']?|[\"']:\s{{0,2}}[\"'])(?P<secret>{_VALUE})", lead=12),
    Shape("password", ("PASS=", "PASS: ", "PASS = ", *_PASSWORD_GIVEN),
          rf"{_PASSWORDS}(?:: {{1,3}}[\"']?| = [\"']?|=[\"']?|>)(?P<secret>{_VALUE})", lead=12),
    Shape("password", ("--password ", "--pass ", "--passwd ", "sshpass -p "),
          rf"(?:--pass(?:word|wd)?|sshpass -p)[ =][\"']?(?P<secret>{_VALUE})"),
    Shape("password of a command", ("curl ",),
          r"curl [^\n|;]{0,200}?(?:-[A-Za-z]{0,6}[uU]|--(?:proxy-)?user)[ =]{0,2}[\"']?[^\s:\"'/]{1,100}:"
          r"(?P<secret>(?![$%*<{\[])[^\s\"'|;<>]{3,200})"),
)  # fmt: skip
