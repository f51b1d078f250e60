from __future__ import annotations

import base64
import json

import pytest

from maskwell.detection.recognizers.secrets import find_secrets

_HEX32 = "9f86d081884c7d659a2feaa0c55ad015"
_MIXED = "q7Zk2Lw9Xv4Tb8Rn1Ym6"
_JWT_HEAD = base64.urlsafe_b64encode(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
_JWT = f"{_JWT_HEAD.decode().rstrip('=')}.eyJzdWIiOiIxMjM0In0.{_MIXED}{_MIXED}"
_PEM = (
    "-----BEGIN RSA PRIVATE KEY-----\n"
    "MIIBOgIBAAJBAKj34GkxFhD90vcNLYLInFEX6Ppy1tPf9Cnzj4p4WGeKLs1Pt8Qu\n"
    "-----END RSA PRIVATE KEY-----"
)

# id, text, the secrets in it
FOUND = [
    ("aws id", "key AKIAUJZDEGXDNCF32EPF here", ["AKIAUJZDEGXDNCF32EPF"]),
    ("github", f"ghp_{_MIXED}{_MIXED[:16]}", [f"ghp_{_MIXED}{_MIXED[:16]}"]),
    ("gitlab", f"use glpat-{_MIXED}.", [f"glpat-{_MIXED}"]),
    ("slack", f"xoxb-123456789012-{_MIXED}", [f"xoxb-123456789012-{_MIXED}"]),
    ("stripe", f"sk_live_{_MIXED}{_MIXED[:4]}", [f"sk_live_{_MIXED}{_MIXED[:4]}"]),
    ("openai", f"sk-proj-{_MIXED * 3}", [f"sk-proj-{_MIXED * 3}"]),
    ("anthropic", f"sk-ant-api03-{_MIXED * 3}", [f"sk-ant-api03-{_MIXED * 3}"]),
    ("hugging face", f"hf_{_MIXED}{_MIXED[:14]}", [f"hf_{_MIXED}{_MIXED[:14]}"]),
    ("telegram", f"bot 123456789:AA{_MIXED}{_MIXED[:13]}", [f"123456789:AA{_MIXED}{_MIXED[:13]}"]),
    ("mailchimp", f"{_HEX32}-us12", [f"{_HEX32}-us12"]),
    ("jwt", f"token {_JWT}", [_JWT]),
    ("pem", f"key:\n{_PEM}\nend", [_PEM]),
    ("basic", "Authorization: Basic b3R0ZXI6cXVpZXQtNDI=", ["b3R0ZXI6cXVpZXQtNDI="]),
    ("bearer", f"Authorization: Bearer {_MIXED}", [_MIXED]),
    ("url", "postgres://app:v3ry-Quiet@db.example/x", ["v3ry-Quiet"]),
    ("sas", f"https://a.example/b?sig={_MIXED * 2}abc%3D", [f"{_MIXED * 2}abc%3D"]),
    ("env", "DB_PASSWORD=passpass77", ["passpass77"]),
    ("env word", "export SMTP_PASSWORD=marmalade", ["marmalade"]),
    ("python", 'password = "loosin9"', ["loosin9"]),
    ("json", '{"client_secret": "gnc196kd"}', ["gnc196kd"]),
    ("json in a string", r'"{\"api_key\": \"q7Zk2Lw9Xv4Tb8\"}"', ["q7Zk2Lw9Xv4Tb8"]),
    ("yaml", "password: Tr0ub4dor&3", ["Tr0ub4dor&3"]),
    ("ruby", ":password => 'H7@i.wvK$Lk4'", ["H7@i.wvK$Lk4"]),
    ("typescript", "const secret: string = 'gk47-wq81-zx';", ["gk47-wq81-zx"]),
    ("xml", "<password>horse-77-battery</password>", ["horse-77-battery"]),
    ("flag", "tool login --user admin --password r3nd3m! --help", ["r3nd3m!"]),
    ("call", 'props.put("db.password", "wx81-quiet");', ["wx81-quiet"]),
    ("setter", 'config.setPassword("wx81-quiet")', ["wx81-quiet"]),
    ("sql", "CREATE USER app IDENTIFIED BY 'tq1f-77';", ["tq1f-77"]),
    ("header", f"X-Api-Key: {_MIXED}", [_MIXED]),
    ("query", f"GET /v1?access_token={_MIXED}&page=2", [_MIXED]),
    ("said", "The wifi password is sunflower22.", ["sunflower22"]),
    ("said quoted", "the password for the router is 'Tr0ub4dor&3', ok?", ["Tr0ub4dor&3"]),
    ("pin and code", "my pin is 4821 and the door code: 7788", ["4821", "7788"]),
    ("phrase", "the passphrase is correct horse battery staple.", ["correct horse battery staple"]),
]

SILENT = [
    ("variable", "password = user.password"),
    ("call", "password = get_password(prompt)"),
    ("environment", 'secret = os.environ["APP_SECRET"]'),
    ("interpolation", 'password: "${DB_PASSWORD}"'),
    ("template", "token: {{ .Values.token }}"),
    ("placeholder", "API_KEY=your-api-key-here"),
    ("angle", "password: <your password>"),
    ("stars", "password: ********"),
    ("type", "def login(password: str, token: str) -> None:"),
    ("message", 'password_error = "The password is too short"'),
    ("policy", "Your password must be at least 12 characters long."),
    ("state", "The token is expired and the password was changed yesterday."),
    ("public key", "-----BEGIN PUBLIC KEY-----\nMFwwDQYJKoZIhvcNAQEBBQADSwAwSAJB\n"),
    ("cache key", 'cache_key = "user:profile:v2"'),
    ("primary key", "PRIMARY KEY (id), FOREIGN KEY (owner)"),
    ("keyboard", "Press any key to continue; the Enter key: confirm"),
    ("url", "https://example.com/reset?next=/account"),
    ("url without password", "ssh://git@example.com/repo.git"),
    ("user guide address", "postgres://user:password@localhost/db"),
    ("constant", "AUTH_TOKEN = AUTH_TOKEN_DEFAULT"),
    ("path", "ssl_key = /etc/ssl/private/server.key"),
    ("prose", "The key to the garden is under the mat, and the secret of it is sand."),
    ("pass as a word", "Pass: the ball went wide. Token gestures: none."),
    ("hash of a commit", f"commit {_HEX32}"),
]


@pytest.mark.parametrize(
    ("text", "expected"), [row[1:] for row in FOUND], ids=[r[0] for r in FOUND]
)
def test_a_secret_is_found_and_nothing_around_it(text: str, expected: list[str]) -> None:
    matches = find_secrets(text)

    assert [text[m.start : m.end] for m in matches] == expected


@pytest.mark.parametrize("text", [row[1] for row in SILENT], ids=[row[0] for row in SILENT])
def test_what_only_speaks_of_secrets_is_left_alone(text: str) -> None:
    assert find_secrets(text) == []


def test_a_reason_never_holds_the_secret() -> None:
    for _, text, expected in FOUND:
        for match in find_secrets(text):
            assert not any(secret in match.reason for secret in expected)


def test_offsets_hold_where_lower_case_is_longer() -> None:
    text = "İİİ password = 'q7Zk2Lw9'"

    (match,) = find_secrets(text)

    assert text[match.start : match.end] == "q7Zk2Lw9"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "password=" * 20_000,
        "eyJ" * 30_000,
        "://a:" * 20_000,
        "'" * 60_000,
        "key: " + "A" * 90_000,
    ],
    ids=["empty", "names", "jwt heads", "addresses", "quotes", "one long value"],
)
def test_hostile_text_is_read_to_its_end(text: str) -> None:
    for match in find_secrets(text):
        assert 0 <= match.start < match.end <= len(text)
