r"""Credentials that tell by their own shape who issued them.

Each format has an anchor: literal characters every specimen holds. One pass over the text
finds all anchors, and only there a format's pattern is tried, so a further format costs
next to nothing and no pattern ever scans the text by itself.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maskwell.detection.recognizers.secrets_values import is_wordlike

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["BEFORE_ANCHOR", "FORMATS", "SecretFormat"]


@dataclass(frozen=True, slots=True)
class SecretFormat:
    """A credential format: where to look, what it looks like, how sure that makes us."""

    kind: str
    anchor: str
    """Literal characters that begin the pattern's match."""
    pattern: re.Pattern[str]
    """Matched at the anchor; group 1, where there is one, is the secret itself."""
    score: float = 0.95
    is_bounded: bool = True
    """No letter or digit may stand right before the anchor."""
    check: Callable[[str], bool] | None = None


def _is_jwt(value: str) -> bool:
    """A JSON Web Token's first part is a JSON object that names its algorithm."""
    head = value.partition(".")[0]
    try:
        header = json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    except (ValueError, binascii.Error):
        return False
    return isinstance(header, dict) and bool(header.keys() & {"alg", "enc", "typ", "kid"})


def _has_both(value: str) -> bool:
    """Letters and digits both occur, or both cases, as chance has it in a key of this length."""
    tail = value[-24:]
    if any(c.isdigit() for c in tail):
        return any(c.isalpha() for c in tail)
    return not (tail.isupper() or tail.islower()) and not is_wordlike(tail)


def _has_body(value: str) -> bool:
    """A key has encoded lines between its first and last; code names those two alone."""
    return _ENCODED_LINE.search(value) is not None


def _is_basic(value: str) -> bool:
    try:
        plain = base64.b64decode(value + "=" * (-len(value) % 4), validate=True)
    except (ValueError, binascii.Error):
        return False
    return b":" in plain and all(32 <= c < 127 for c in plain)


_ENCODED_LINE = re.compile(r"[A-Za-z0-9+/]{16,}={0,2}")
_ANY = r"[A-Za-z0-9_-]"
_TAIL = r"(?![A-Za-z0-9_-])"


def _prefixed(kind: str, prefix: str, rest: str, *, score: float = 0.95) -> SecretFormat:
    pattern = re.compile(re.escape(prefix) + rest + _TAIL)
    return SecretFormat(kind, prefix, pattern, score, check=_has_both)


_PREFIXED = (
    ("aws_access_key", "AKIA", r"[A-Z0-9]{16}"),
    ("aws_access_key", "ASIA", r"[A-Z0-9]{16}"),
    ("aws_access_key", "ABIA", r"[A-Z0-9]{16}"),
    ("aws_access_key", "ACCA", r"[A-Z0-9]{16}"),
    ("aws_access_key", "AGPA", r"[A-Z0-9]{16}"),
    ("aws_access_key", "AIDA", r"[A-Z0-9]{16}"),
    ("aws_access_key", "AROA", r"[A-Z0-9]{16}"),
    ("aws_session", "FwoGZXIvYXdz", r"[A-Za-z0-9/+]{60,}={0,2}"),
    ("github_token", "ghp_", r"[A-Za-z0-9]{30,255}"),
    ("github_token", "gho_", r"[A-Za-z0-9]{30,255}"),
    ("github_token", "ghu_", r"[A-Za-z0-9]{30,255}"),
    ("github_token", "ghs_", r"[A-Za-z0-9]{30,255}"),
    ("github_token", "ghr_", r"[A-Za-z0-9]{30,255}"),
    ("github_token", "github_pat_", r"[A-Za-z0-9_]{40,255}"),
    ("gitlab_token", "glpat-", r"[\w-]{20,}(?:\.[\w.]{8,})?"),
    ("gitlab_token", "gldt-", r"[\w-]{20,}"),
    ("gitlab_token", "glrt-", r"[\w-]{20,}(?:\.[\w.]{8,})?"),
    ("gitlab_token", "glptt-", r"[0-9a-f]{40}"),
    ("gitlab_token", "glcbt-", r"[\w-]{20,}"),
    ("gitlab_token", "glsoat-", r"[\w-]{20,}"),
    ("gitlab_token", "gloas-", r"[\w-]{40,}"),
    ("gitlab_token", "GR1348941", r"[\w-]{20}"),
    ("bitbucket_token", "ATBB", r"[A-Za-z0-9]{32}"),
    ("bitbucket_token", "ATCTT3xFfG", r"[A-Za-z0-9=_-]{100,}"),
    ("atlassian_token", "ATATT3xFfG", r"[A-Za-z0-9=_-]{100,}"),
    ("slack_token", "xoxb-", r"[A-Za-z0-9-]{20,}"),
    ("slack_token", "xoxp-", r"[A-Za-z0-9-]{20,}"),
    ("slack_token", "xoxa-", r"[A-Za-z0-9-]{20,}"),
    ("slack_token", "xoxr-", r"[A-Za-z0-9-]{20,}"),
    ("slack_token", "xoxs-", r"[A-Za-z0-9-]{20,}"),
    ("slack_token", "xoxe-", r"[A-Za-z0-9-]{20,}"),
    ("slack_token", "xoxe.xox", r"[bp]-[A-Za-z0-9-]{20,}"),
    ("slack_token", "xoxc-", r"[A-Za-z0-9-]{20,}"),
    ("slack_token", "xoxd-", r"[A-Za-z0-9%/+=-]{20,}"),
    ("slack_token", "xapp-", r"\d-[A-Za-z0-9-]{20,}"),
    ("stripe_key", "sk_live_", r"[A-Za-z0-9]{16,247}"),
    ("stripe_key", "sk_test_", r"[A-Za-z0-9]{16,247}"),
    ("stripe_key", "rk_live_", r"[A-Za-z0-9]{16,247}"),
    ("stripe_key", "rk_test_", r"[A-Za-z0-9]{16,247}"),
    ("stripe_key", "pk_live_", r"[A-Za-z0-9]{16,247}"),
    ("stripe_key", "pk_test_", r"[A-Za-z0-9]{16,247}"),
    ("webhook_secret", "whsec_", r"[A-Za-z0-9+/=]{24,}"),
    ("square_token", "sq0atp-", r"[\w-]{22,}"),
    ("square_token", "sq0csp-", r"[\w-]{22,}"),
    ("square_token", "EAAAE", r"[\w-]{54,}"),
    ("braintree_token", "access_token$production$", r"[0-9a-z]{16}\$[0-9a-f]{32}"),
    ("braintree_token", "access_token$sandbox$", r"[0-9a-z]{16}\$[0-9a-f]{32}"),
    ("plaid_token", "access-production-", r"[0-9a-f-]{36}"),
    ("plaid_token", "access-sandbox-", r"[0-9a-f-]{36}"),
    ("google_api_key", "AIza", r"[\w-]{35}"),
    ("google_oauth", "GOCSPX-", r"[\w-]{28}"),
    ("google_oauth", "ya29.", r"[\w.-]{30,}"),
    ("google_oauth", "1//0", r"[\w-]{35,}"),
    ("openai_key", "sk-proj-", r"[\w-]{40,}"),
    ("openai_key", "sk-svcacct-", r"[\w-]{40,}"),
    ("openai_key", "sk-admin-", r"[\w-]{40,}"),
    ("openrouter_key", "sk-or-v1-", r"[0-9a-f]{64}"),
    ("anthropic_key", "sk-ant-", r"[\w-]{40,}"),
    ("model_provider_key", "sk-", r"(?:[A-Za-z0-9]{32,64}|[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20})"),
    ("huggingface_token", "hf_", r"[A-Za-z0-9]{30,}"),
    ("huggingface_token", "api_org_", r"[A-Za-z0-9]{34}"),
    ("groq_key", "gsk_", r"[A-Za-z0-9]{40,}"),
    ("xai_key", "xai-", r"[A-Za-z0-9]{70,}"),
    ("perplexity_key", "pplx-", r"[A-Za-z0-9]{40,}"),
    ("replicate_key", "r8_", r"[A-Za-z0-9]{37}"),
    ("fireworks_key", "fw_", r"[A-Za-z0-9]{22,}"),
    ("nvidia_key", "nvapi-", r"[\w-]{60,}"),
    ("langchain_key", "lsv2_pt_", r"[0-9a-f]{32}_[0-9a-f]{10}"),
    ("langchain_key", "lsv2_sk_", r"[0-9a-f]{32}_[0-9a-f]{10}"),
    ("pinecone_key", "pcsk_", r"[A-Za-z0-9_]{50,}"),
    ("sendgrid_key", "SG.", r"[\w-]{16,32}\.[\w-]{16,64}"),
    ("mailgun_key", "key-", r"[0-9a-f]{32}"),
    ("mailgun_key", "pubkey-", r"[0-9a-f]{32}"),
    ("brevo_key", "xkeysib-", r"[0-9a-f]{64}-[A-Za-z0-9]{16}"),
    ("twilio_key", "SK", r"[0-9a-f]{32}"),
    ("twilio_sid", "AC", r"[0-9a-f]{32}"),
    ("npm_token", "npm_", r"[A-Za-z0-9]{36}"),
    ("pypi_token", "pypi-AgE", r"[\w-]{50,}"),
    ("rubygems_key", "rubygems_", r"[0-9a-f]{48}"),
    ("docker_token", "dckr_pat_", r"[\w-]{24,}"),
    ("docker_token", "dckr_oat_", r"[\w-]{24,}"),
    ("terraform_token", "atlasv1.", r"[\w=-]{60,}"),
    ("vault_token", "hvs.", r"[\w-]{24,}"),
    ("vault_token", "hvb.", r"[\w-]{24,}"),
    ("vault_token", "hvr.", r"[\w-]{24,}"),
    ("digitalocean_token", "dop_v1_", r"[0-9a-f]{64}"),
    ("digitalocean_token", "doo_v1_", r"[0-9a-f]{64}"),
    ("digitalocean_token", "dor_v1_", r"[0-9a-f]{64}"),
    ("heroku_key", "HRKU-", r"[\w-]{36,}"),
    ("shopify_token", "shpat_", r"[0-9a-fA-F]{32}"),
    ("shopify_token", "shpss_", r"[0-9a-fA-F]{32}"),
    ("shopify_token", "shpca_", r"[0-9a-fA-F]{32}"),
    ("shopify_token", "shppa_", r"[0-9a-fA-F]{32}"),
    ("databricks_token", "dapi", r"[0-9a-f]{32}(?:-\d)?"),
    ("newrelic_key", "NRAK-", r"[A-Z0-9]{27}"),
    ("newrelic_key", "NRJS-", r"[0-9a-f]{19}"),
    ("newrelic_key", "NRII-", r"[\w-]{32}"),
    ("sentry_token", "sntrys_", r"[\w=/+-]{40,}"),
    ("typeform_token", "tfp_", r"[\w-]{40,59}"),
    ("mapbox_token", "sk.eyJ", r"[\w-]{40,}\.[\w-]{20,}"),
    ("sentry_token", "sntryu_", r"[0-9a-f]{64}"),
    ("linear_key", "lin_api_", r"[A-Za-z0-9]{32,}"),
    ("notion_token", "secret_", r"[A-Za-z0-9]{43}"),
    ("notion_token", "ntn_", r"[A-Za-z0-9]{40,}"),
    ("figma_token", "figd_", r"[\w-]{40,}"),
    ("airtable_token", "pat", r"[A-Za-z0-9]{14}\.[0-9a-f]{64}"),
    ("postman_key", "PMAK-", r"[0-9a-f]{24}-[0-9a-f]{34}"),
    ("grafana_token", "glsa_", r"[A-Za-z0-9]{32}_[0-9a-f]{8}"),
    ("grafana_token", "glc_", r"[A-Za-z0-9+/]{32,}={0,2}"),
    ("doppler_token", "dp.pt.", r"[A-Za-z0-9]{40,}"),
    ("doppler_token", "dp.st.", r"[\w.-]{40,}"),
    ("pulumi_token", "pul-", r"[0-9a-f]{40}"),
    ("fly_token", "FlyV1 ", r"fm[12]r?_[A-Za-z0-9+/=,_]{60,}"),
    ("supabase_key", "sbp_", r"[0-9a-f]{40}"),
    ("supabase_key", "sb_secret_", r"[\w-]{22,}"),
    ("planetscale_key", "pscale_tkn_", r"[\w.=-]{32,}"),
    ("planetscale_key", "pscale_pw_", r"[\w.=-]{32,}"),
    ("planetscale_key", "pscale_oauth_", r"[\w.=-]{32,}"),
    ("circleci_token", "CCIPAT_", r"[A-Za-z0-9]{20,}_[0-9a-f]{40}"),
    ("buildkite_token", "bkua_", r"[0-9a-f]{40}"),
    ("netlify_token", "nfp_", r"[A-Za-z0-9]{36,}"),
    ("vercel_token", "vercel_blob_rw_", r"[A-Za-z0-9]{16,}_[A-Za-z0-9]{20,}"),
    ("dynatrace_token", "dt0c01.", r"[A-Z0-9]{24}\.[A-Z0-9]{64}"),
    ("artifactory_token", "AKCp", r"[A-Za-z0-9]{60,}"),
    ("sonar_token", "sqp_", r"[0-9a-f]{40}"),
    ("sonar_token", "squ_", r"[0-9a-f]{40}"),
    ("sonar_token", "sqa_", r"[0-9a-f]{40}"),
    ("clojars_token", "CLOJARS_", r"[0-9a-z]{60}"),
    ("prefect_key", "pnu_", r"[A-Za-z0-9]{36}"),
    ("readme_key", "rdme_", r"[0-9a-z]{70}"),
    ("easypost_key", "EZAK", r"[A-Za-z0-9]{54}"),
    ("easypost_key", "EZTK", r"[A-Za-z0-9]{54}"),
    ("flutterwave_key", "FLWSECK_TEST-", r"[0-9a-h]{12,32}(?:-X)?"),
    ("flutterwave_key", "FLWSECK-", r"[0-9a-h]{12,32}(?:-X)?"),
    ("contentful_token", "CFPAT-", r"[\w-]{43}"),
    ("posthog_key", "phx_", r"[A-Za-z0-9]{40,}"),
    ("frameio_token", "fio-u-", r"[\w=-]{64}"),
    ("duffel_token", "duffel_live_", r"[\w=-]{43}"),
    ("duffel_token", "duffel_test_", r"[\w=-]{43}"),
    ("cloudinary_url", "cloudinary://", r"\d{10,}:[\w-]{20,}@[\w-]+"),
    ("facebook_token", "EAAC", r"[A-Za-z0-9]{60,}"),
    ("facebook_token", "EAAG", r"[A-Za-z0-9]{60,}"),
    (
        "tailscale_key",
        "tskey-",
        r"(?:auth|api|client|scim|webhook)-[A-Za-z0-9]{8,}-[A-Za-z0-9]{20,}",
    ),
    ("onepassword_token", "ops_ey", r"[A-Za-z0-9_=-]{200,}"),
    ("age_key", "AGE-SECRET-KEY-1", r"[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}"),
    ("nkey_seed", "SU", r"[A-Z2-7]{56}"),
    ("nkey_seed", "SO", r"[A-Z2-7]{56}"),
    ("nkey_seed", "SA", r"[A-Z2-7]{56}"),
    ("nkey_seed", "SN", r"[A-Z2-7]{56}"),
    ("nkey_seed", "SC", r"[A-Z2-7]{56}"),
    ("dropbox_token", "sl.", r"[\w-]{100,}"),
    ("discord_webhook", "discord.com/api/webhooks/", r"\d{15,}/[\w-]{60,}"),
    ("discord_webhook", "discordapp.com/api/webhooks/", r"\d{15,}/[\w-]{60,}"),
    ("slack_webhook", "hooks.slack.com/services/", r"T\w{8,}/B\w{8,}/\w{20,}"),
    ("slack_webhook", "hooks.slack.com/workflows/", r"T\w{8,}/A\w{8,}/\d{15,}/\w{20,}"),
    (
        "teams_webhook",
        ".webhook.office.com/webhookb2/",
        r"[\w@-]{70,}/IncomingWebhook/\w{32}/[\w-]{36}",
    ),
)

_BOT_TOKEN = re.compile(r"[MNO][A-Za-z0-9_-]{22,27}\.[\w-]{6}\.[\w-]{27,40}" + _TAIL)
_PASSWORD_HASHES = (
    ("$apr1$", r"[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{22}"),
    ("$1$", r"[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{22}"),
    ("$2a$", r"\d\d\$[./A-Za-z0-9]{53}"),
    ("$2b$", r"\d\d\$[./A-Za-z0-9]{53}"),
    ("$2y$", r"\d\d\$[./A-Za-z0-9]{53}"),
    ("$5$", r"(?:rounds=\d{1,9}\$)?[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{43}"),
    ("$6$", r"(?:rounds=\d{1,9}\$)?[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{86}"),
    ("$argon2", r"(?:id|i|d)\$(?:v=\d+\$)?m=\d+,t=\d+,p=\d+\$[\w+/]{8,90}\$[\w+/]{16,180}"),
    ("{SSHA}", r"[A-Za-z0-9+/]{28,60}={0,2}"),
)
"""What login files keep instead of a password: guessing turns it back into one."""

_SHAPED = (
    *(
        SecretFormat("bot_token", start, _BOT_TOKEN, 0.9, check=_has_both)
        for start in ("MT", "Mj", "Mz", "ND", "NT", "Nj", "Nz", "OD", "OT")
    ),
    *(
        SecretFormat("password_hash", start, re.compile(re.escape(start) + rest), is_bounded=False)
        for start, rest in _PASSWORD_HASHES
    ),
    SecretFormat(
        "private_key",
        "-----BEGIN ",
        re.compile(
            r"-----BEGIN (?:[A-Z0-9 ]{0,30})?PRIVATE KEY(?: BLOCK)?-----"
            r"(?:(?!-----BEGIN)[\s\S]){0,20000}?-----END [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----"
        ),
        0.99,
        is_bounded=False,
        check=_has_body,
    ),
    SecretFormat(
        "private_key",
        "-----BEGIN ",
        # A key cut off before its end: the encoded lines that are there.
        re.compile(
            r"-----BEGIN (?:[A-Z0-9 ]{0,30})?PRIVATE KEY(?: BLOCK)?-----"
            r"(?:[\s\"'+,;|>#*\\]|\\[nrt]|[A-Za-z-]+: [^\n]{0,80}\n){0,200}[A-Za-z0-9+/=]{16,}"
            r"(?:[\s\"'+,;|>#*\\]|\\[nrt]|[A-Za-z-]+: [^\n]{0,80}\n|[A-Za-z0-9+/=]{16,}){0,2000}"
        ),
        0.95,
        is_bounded=False,
    ),
    SecretFormat(
        "putty_key",
        "PuTTY-User-Key-File-",
        re.compile(r"PuTTY-User-Key-File-\d:[\s\S]{20,8000}?Private-MAC: ?[0-9a-f]{40,64}"),
        0.99,
    ),
    SecretFormat(
        "jwt",
        "eyJ",
        re.compile(r"eyJ[\w-]{8,}={0,2}\.[\w-]*={0,2}\.[\w-]*(?:\.[\w-]*){0,2}(?<!\.)" + _TAIL),
        0.97,
        check=_is_jwt,
    ),
    SecretFormat(
        "basic_authorization",
        "Basic ",
        re.compile(r"Basic +([A-Za-z0-9+/]{6,}={0,2})(?![A-Za-z0-9+/=])"),
        0.95,
        check=_is_basic,
    ),
    SecretFormat(
        "basic_authorization",
        "basic ",
        re.compile(r"basic +([A-Za-z0-9+/]{6,}={0,2})(?![A-Za-z0-9+/=])"),
        0.95,
        check=_is_basic,
    ),
    SecretFormat(
        "telegram_token",
        ":AA",
        re.compile(r":AA[\w-]{32,34}" + _TAIL),
        0.95,
        is_bounded=False,
    ),
    SecretFormat(
        "mailchimp_key",
        "-us",
        re.compile(r"-us\d{1,2}(?!\w)"),
        0.9,
        is_bounded=False,
    ),
    SecretFormat(
        "azure_account_key",
        "AccountKey=",
        re.compile(r"AccountKey=([A-Za-z0-9+/]{86}==)"),
        0.98,
    ),
    SecretFormat(
        "azure_shared_key",
        "SharedAccessKey=",
        re.compile(r"SharedAccessKey=([A-Za-z0-9+/]{40,}={0,2})"),
        0.98,
    ),
    SecretFormat(
        "azure_sas",
        "sig=",
        re.compile(r"sig=([A-Za-z0-9%/+]{40,}(?:%3[Dd]|=){1,2})"),
        0.95,
    ),
    SecretFormat(
        "azure_client_secret",
        "8Q~",
        re.compile(r"8Q~[\w~.-]{31,34}"),
        0.9,
        is_bounded=False,
    ),
    SecretFormat(
        "signed_url",
        "X-Amz-Credential=",
        re.compile(r"X-Amz-Credential=((?:AKIA|ASIA)[^&\s\"'<>]{10,200})"),
        0.9,
    ),
    SecretFormat(
        "signed_url",
        "X-Amz-Signature=",
        re.compile(r"X-Amz-Signature=([0-9a-f]{64})"),
        0.9,
    ),
    SecretFormat(
        "otp_secret",
        "otpauth://",
        re.compile(r"otpauth://[^\s\"'<>]*?[?&]secret=([A-Za-z2-7]{8,})", re.IGNORECASE),
        0.97,
    ),
)

# Formats whose anchor stands in their middle: what has to stand before it, and counts as part.
BEFORE_ANCHOR: dict[str, re.Pattern[str]] = {
    "telegram_token": re.compile(r"(?<!\d)\d{8,10}$"),
    "mailchimp_key": re.compile(r"(?<![0-9a-zA-Z])[0-9a-f]{32}$"),
    "azure_client_secret": re.compile(r"(?<![\w~.-])[\w~.-]{3}$"),
    "teams_webhook": re.compile(r"https://[\w.-]{1,60}$"),
}

FORMATS: tuple[SecretFormat, ...] = (
    *(_prefixed(kind, prefix, rest) for kind, prefix, rest in _PREFIXED),
    *_SHAPED,
)
