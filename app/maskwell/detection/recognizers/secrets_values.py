"""Whether a value is a credential or something that merely stands where one would.

Source code is full of `password = ...` whose right side is a variable, a placeholder or a
message. The judgement here is about the value alone: what it is made of, whether letters
follow one another as they do in words, and whether it says of itself that it is a stand-in.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import pairwise

__all__ = ["is_placeholder", "is_random", "is_reference", "is_wordlike", "shannon_bits"]

_MIN_RANDOM_CHARS = 8
_MAX_CHARS = 600

# How often one letter follows another in English words, from 0 (never) to 9, in log2 steps
# about the uniform rate (5): rows and columns a to z. Words average 5 to 8, random letters 2.5.
_FOLLOWS = (
    "36661350604877050888543441",
    "62425000450510430332500051",
    "71327206506631820537421020",
    "63358200700412610453500020",
    "74776742302968467998254750",
    "60234510700523720533500020",
    "30207033400314310453410001",
    "60018000500111600424300000",
    "45655650202769760688040405",
    "10004000000000300000200000",
    "20016010400302010130103000",
    "72258900700612740265611051",
    "74028001501341670153400030",
    "72677571604424730167541030",
    "45673540404568560866645201",
    "70237302501601650636421050",
    "00000000000000000000700000",
    "73558360703456730768642050",
    "50529145703433650388623050",
    "72549518800443750866623262",
    "74436430400657260766100000",
    "60006000400010100000000000",
    "50024004600103400520002000",
    "32524300400020050015000220",
    "01213100300124260055012011",
    "10005000400010100000000001",
)

_STAND_INS = frozenset(
    """
    anonymous argument arguments
    compat error fail failed failure files flag flags option options parameter
    parameters passwordtype secretbytes secretstr securestring skip skipped success warn warning
    abc abcd abcdef abcdefg abcdefgh abc123 access apikey auth bar basic baz bearer blank bool
    boolean boo bytes changed changeit char code credential credentials current custom data
    default demo disabled dummy empty enabled env environment example fake false field file foo
    foobarbaz hash header hello hidden hide id input int invalid key keys local login lorem
    missing mock my mysecret name new nil no none not null number object off ok old on optional
    pass passcode passphrase passwd password passwords pin plain private prompt public pw pwd
    qux random redacted required reset same sample secret secrets string strong str temp test
    testing text then this token tokens true type undefined unknown unset user username valid
    value vault verify void weak world wrong yes your
    """.split()
)

_SAID_ELSEWHERE = frozenset(
    """
    passwort kennwort passord wachtwoord contraseña contrasena senha parola hasło haslo lösenord
    losenord adgangskode salasana şifre sifre heslo jelszó jelszo пароль κωδικός lozinka geslo
    slaptažodis parole parool parolă sandi geheim geheimnis clave schlüssel motdepasse
    密码 密碼 口令 パスワード 비밀번호 암호 סיסמה
    """.split()
)
"""What other languages call a password: on the right side of one it is a translation."""

_SAYS_STAND_IN = re.compile(
    r"(?i)(?:^|[^a-z])(?:(?:your|my|some|the)(?=[-_ ])|insert|replace|enter|put|add|fake|dummy"
    r"|sample|example|placeholder|todo|redacted|removed|hidden|censored|mask(?:ed)?|not[-_ ]?set"
    r"|invalid|bogus|wrong|bad|goes|here)(?:[^a-z]|$)"
    r"|change[-_ ]?me|x{4,}|\*{3,}|\.{3,}|placeholder"
    r"|(?:value|key|token|secret|password)[-_ ]?here"
)

_TEMPLATE = re.compile(
    r"\$\{|\{\{|<%|%\(|#\{|\$\(|%\{|^\$[A-Za-z_]|^<.*>$|^%[A-Za-z_]+%?$|^\{.*\}$|^\[.*\]$|^:[a-z]"
    r"|^@[A-Za-z_.]+$|^&[a-z]|\$\{?[A-Z_]{3,}|^%[sdr@]$|^__\w+__$"
    r"|^#[0-9A-Fa-f]{3,8}$|^(?:\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[0abfnrtv]))+$"
    r"|^\d+\.\d+$|\\(?:033|x1[bB]|e)\[|^[\^~<>=v]{1,2}\d+(?:\.\d+)+"
    r"|^(?:required|nullable|sometimes|bail|present|filled|optional|string)[|,]"
    r"|[|,](?:required|confirmed)$"
    r"|^@[\w.-]+@$|^[^0-9]*%[sdv](?:[^A-Za-z0-9]|$)"
)

_REFERENCE = re.compile(
    r"^(?:process\.env|os\.|env\.|self\.|this\.|config\.|settings\.|params\.|ENV\[|request\.)"
    r"|^[@&*!]?[A-Za-z_]\w*(?:(?:\.|::|->|\?\.)[A-Za-z_]\w*)+\(?\)?$|^[@&][A-Za-z_]\w*$|^@/"
    r"|^(?:https?|ftp|file|s3|gs|ldap|ws|wss)://[^@\s]*$"
    r"|^(?:\.{0,2}/|~/|[A-Za-z]:\\)[\w./\\ -]*$"
    r"|^[\w./-]+\.(?:pem|key|crt|cer|p12|pfx|jks|json|ya?ml|toml|ini|txt|py|js|ts|rb|go|java|php"
    r"|html?|css|png|svg|log|env|conf|cfg|xml|sh|sql|md|com|org|net|io)$"
    r"|^application/|^text/|^[a-z]+/[a-z+.-]+$"
)

_CONSTANT = re.compile(r"^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$")
_PLAIN_NUMBER = re.compile(r"^[-+]?(?:0x[0-9a-fA-F]{1,8}|\d[\d_.,:/-]*)$")
_LETTER_RUN = re.compile(r"[A-Za-z]+")
_CASE_STEP = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


def is_placeholder(value: str) -> bool:
    """Whether the value says of itself that it stands for another: `changeme`, `<token>`."""
    bare = re.sub(r"[^a-z0-9]", "", value.lower())
    if bare in _STAND_INS or bare.rstrip("0123456789") in _STAND_INS - {"test", "demo", "hello"}:
        return True
    if "EXAMPLE" in value or value.lower() in _SAID_ELSEWHERE:
        return True
    if len(set(value)) <= 2 or _TEMPLATE.search(value) or _SAYS_STAND_IN.search(value):
        return True
    parts = [part.lower() for part in _LETTER_RUN.findall(value)]
    return bool(parts) and len(parts) > 1 and all(part in _STAND_INS for part in parts)


def is_reference(value: str) -> bool:
    """Whether the value points to something else: a variable, a constant, a path, a URL."""
    return bool(_REFERENCE.search(value) or _CONSTANT.match(value))


def is_wordlike(value: str) -> bool:
    """Whether the letters of the value follow one another as they do in words."""
    parts = [part for part in _CASE_STEP.findall(value) if part.isalpha()]
    letters = sum(map(len, parts))
    if letters < 0.6 * len(value):
        return False
    pairs = [pair for part in parts for pair in _pairs(part.lower())]
    short = sum(len(part) <= 2 for part in parts)
    if not pairs or short > len(parts) / 2:
        return False
    return sum(pairs) / len(pairs) > 4.6


def is_random(value: str) -> bool:
    """Whether the value looks drawn at random: mixed characters that spell nothing."""
    if not _MIN_RANDOM_CHARS <= len(value) <= _MAX_CHARS or _PLAIN_NUMBER.match(value):
        return False
    if is_wordlike(value):
        return False
    has_digit = any(c.isdigit() for c in value)
    has_letter = any(c.isalpha() for c in value)
    if not (has_letter and (has_digit or len(value) >= 12)):
        return False
    return shannon_bits(value) >= min(3.3, 0.72 * math.log2(len(value)))


def shannon_bits(value: str) -> float:
    """Return the entropy of the value's characters, in bits per character."""
    size = len(value)
    return -sum(n / size * math.log2(n / size) for n in Counter(value).values()) if size else 0.0


def _pairs(word: str) -> list[int]:
    codes = [ord(c) - 97 for c in word]
    if any(not 0 <= code < 26 for code in codes):
        return []
    return [int(_FOLLOWS[a][b]) for a, b in pairwise(codes)]
