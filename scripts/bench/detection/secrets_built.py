"""A set of secrets and look-alikes built from public formats with random values.

Values are drawn from a seeded generator; the frames around them are how such values stand
in settings, code, logs and chat. Formats are described here on their own, not taken from the
recogniser, so that a slip there shows. Each row is (text, start, end) for a secret or
(text, None, None) for a look-alike.
"""

from __future__ import annotations

import base64
import json
import random
import string
import uuid
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

Row = tuple[str, int | None, int | None]

_ALNUM = string.ascii_letters + string.digits
_HEX = "0123456789abcdef"
_UPPER = string.ascii_uppercase + string.digits
_WORDS = (
    "harbor maple comet velvet lantern cobalt meadow falcon ember willow granite saffron "
    "thistle orchid pebble canyon tundra mosaic quartz bramble"
).split()


def rows(*, positives: int = 1500, negatives: int = 4000, seed: int = 20_26) -> list[Row]:
    """Return the whole set, secrets first."""
    rng = random.Random(seed)
    made = [_secret(rng) for _ in range(positives)]
    return made + [(_look_alike(rng), None, None) for _ in range(negatives)]


def _chars(rng: random.Random, alphabet: str, size: int) -> str:
    return "".join(rng.choice(alphabet) for _ in range(size))


def _provider_key(rng: random.Random) -> str:
    a, h = (lambda n: _chars(rng, _ALNUM, n)), (lambda n: _chars(rng, _HEX, n))
    d: Callable[[int], str] = lambda n: _chars(rng, string.digits, n)  # noqa: E731  # as above
    return rng.choice(
        [
            "AKIA" + _chars(rng, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16),
            "ghp_" + a(36), "gho_" + a(36), "ghs_" + a(36), "github_pat_" + a(22) + "_" + a(59),
            "glpat-" + a(20), "xoxb-" + d(12) + "-" + a(24),
            "xoxp-" + d(11) + "-" + d(11) + "-" + a(24),
            "sk_live_" + a(24), "rk_live_" + a(24), "sk_test_" + a(24), "AIza" + a(35),
            "GOCSPX-" + a(28), "ya29." + a(60), "sk-proj-" + a(64), "sk-ant-api03-" + a(80),
            "hf_" + a(34), "gsk_" + a(52), "r8_" + a(37), "SG." + a(22) + "." + a(43),
            "key-" + h(32), h(32) + "-us" + str(rng.randint(1, 21)), "SK" + h(32), "npm_" + a(36),
            "pypi-AgEIcHlwaS5vcmc" + a(80), "rubygems_" + h(48), "dckr_pat_" + a(27),
            "hvs." + a(90), "dop_v1_" + h(64), "shpat_" + h(32), "sq0atp-" + a(22),
            "dapi" + h(32), "NRAK-" + _chars(rng, _UPPER, 27), "lin_api_" + a(40), "ntn_" + a(46),
            "figd_" + a(43), "PMAK-" + h(24) + "-" + h(34), "glsa_" + a(32) + "_" + h(8),
            "dp.pt." + a(43), "pul-" + h(40), "sbp_" + h(40), "xapp-1-" + _chars(rng, _UPPER, 11)
            + "-" + _chars(rng, string.digits, 12) + "-" + h(64),
            _chars(rng, string.digits, 9) + ":AA" + a(33), "AGE-SECRET-KEY-1"
            + _chars(rng, "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58),
        ]
    )  # fmt: skip


def _jwt(rng: random.Random) -> str:
    def part(value: dict[str, object]) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    claims = {
        "sub": _chars(rng, string.digits, 8),
        "exp": rng.randint(1_700_000_000, 1_900_000_000),
    }
    head = {"alg": rng.choice(["HS256", "RS256", "ES256"]), "typ": "JWT"}
    return f"{part(head)}.{part(claims)}.{_chars(rng, _ALNUM + '-_', 43)}"


def _private_key(rng: random.Random) -> str:
    kind = rng.choice(["RSA ", "EC ", "OPENSSH ", "", "ENCRYPTED "])
    body = "\n".join(_chars(rng, _ALNUM + "+/", 64) for _ in range(rng.randint(3, 20)))
    return f"-----BEGIN {kind}PRIVATE KEY-----\n{body}\n-----END {kind}PRIVATE KEY-----"


def _password(rng: random.Random) -> str:
    word = rng.choice(_WORDS)
    return rng.choice(
        [
            _chars(rng, _ALNUM + "!#%*+?@^_", rng.randint(8, 20)),
            f"{word.title()}{rng.randint(10, 9999)}{rng.choice('!?#*')}",
            f"{word}-{rng.choice(_WORDS)}-{rng.randint(10, 99)}",
            f"{word[:3]}{rng.randint(0, 9)}{word[3:]}{rng.choice('!@#')}{rng.randint(0, 99)}",
        ]
    )


def _frame(rng: random.Random, value: str, frames: list[str]) -> Row:
    frame = rng.choice(frames)
    at = frame.index("@@")
    return frame.replace("@@", value), at, at + len(value)


_KEY_FRAMES = [
    "curl -H 'Authorization: Bearer @@' https://api.example.com/v1/items",
    "export SERVICE_API_KEY=@@",
    'client = Client(api_key="@@")',
    "  token: @@\n  region: eu-west-1",
    '{"name": "ci", "token": "@@"}',
    "can you check why this key stopped working? @@",
    "2026-04-02 10:11:12 WARN rejected credential @@ from 192.0.2.7",
    "@@",
    "const KEY = '@@';",
    "| staging | @@ | rotate monthly |",
]
_PASSWORD_FRAMES = [
    "DB_PASSWORD=@@", 'password = "@@"', "password: @@", "  db:\n    passwd: '@@'",
    '{"user": "svc", "password": "@@"}', "mysql://app:@@@db.example.com/shop",
    "<password>@@</password>", "tool login --user svc --password @@ --quiet",
    "the wifi password is @@", "my new password is @@ please remember it",
    'props.setProperty("smtp.password", "@@");', "spring.datasource.password=@@",
    "conn = connect(user='svc', password='@@', port=5432)", "SECRET_KEY = '@@'",
    "ALTER USER svc IDENTIFIED BY '@@';", "client_secret=@@&grant_type=client_credentials",
]  # fmt: skip


def _secret(rng: random.Random) -> Row:
    draw = rng.random()
    if draw < 0.45:
        return _frame(rng, _provider_key(rng), _KEY_FRAMES)
    if draw < 0.52:
        return _frame(rng, _jwt(rng), _KEY_FRAMES)
    if draw < 0.57:
        return _frame(rng, _private_key(rng), ["@@", "key:\n@@\n", 'KEY = """@@"""'])
    return _frame(rng, _password(rng), _PASSWORD_FRAMES)


def _look_alike(rng: random.Random) -> str:
    word, other = rng.choice(_WORDS), rng.choice(_WORDS)
    h: Callable[[int], str] = lambda n: _chars(rng, _HEX, n)  # noqa: E731  # a local short hand
    return rng.choice(
        [
            f"commit {h(40)}", f"sha256:{h(64)}", f'integrity="sha512-{_chars(rng, _ALNUM, 86)}=="',
            f"password = get_{word}()", f"password: str = field(default={word.upper()})",
            f'password_label = "{word.title()} your {other}"', f"token = self.{word}_token",
            f"if token == Token.{word.upper()}:", f'cache_key = f"{word}:{{user.id}}:{other}"',
            "API_KEY=" + rng.choice(["<your key>", "your-api-key", "xxxxxxxx", "${KEY}"]),
            '"password": "' + rng.choice(["********", "<hidden>", "string"]) + '"',
            f"Your {word} password must have at least {rng.randint(8, 20)} characters.",
            f"The {word} token expired and a new one was issued to the {other} service.",
            f"request_id={uuid.UUID(int=rng.getrandbits(128))}", f'ETag: "{h(32)}"',
            f"GET /{word}/{other}?page_token={rng.randint(1, 99)}", f"PRIMARY KEY ({word}_id)",
            f"secretary = '{word.title()}'", f"ssh_key_path = ~/.ssh/{word}.pub",
            f"tokens_per_second: {rng.randint(10, 900)}", f"import {word}.secrets as {other}",
            f"https://example.com/{word}/{other}#{h(8)}", f"color: #{h(6)}; key-frames: {word}",
            f"{word}: {_chars(rng, string.digits, 13)}",
            f"version 1.{rng.randint(0, 40)}.{rng.randint(0, 9)}+{h(7)}",
            f"public_key: ssh-rsa AAAAB3NzaC1yc2E{_chars(rng, _ALNUM, 60)} {word}@{other}",
            "-----BEGIN CERTIFICATE-----\n" + _chars(rng, _ALNUM + "+/", 64)
            + "\n-----END CERTIFICATE-----",
            f"auth_url = https://login.example.com/{word}",
            f"author: {word.title()} {other.title()}",
            f"def reset_password(user, token): return {word}(user)", f"pass  # {word} comes later",
            f"keyboard shortcut: ctrl+{word[0]}, key: {word}",
            f"data:image/png;base64,{_chars(rng, _ALNUM, 60)}",
            f'<input type="password" name="{word}" placeholder="Password">',
            f"session.get('{word}_token')", f"AUTH_BACKEND = '{word}.auth.Backend'",
        ]
    )  # fmt: skip
