"""Credentials said in a sentence: "the wifi password is sunflower22", "my pin is 4821"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from maskwell.detection.recognizers.secrets_noted import noted_secrets
from maskwell.detection.recognizers.secrets_values import is_placeholder, is_reference

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["SPOKEN_ANCHORS", "spoken_secrets"]

SPOKEN_ANCHORS = (
    "code", "phrase", "mnemonic", "mysql", "mariadb", "sshpass", "código",
    "codice", "clave", "mdp", "parola", "wachtwoord", "geheimzahl", "senha",
    "hasło", "haslo", "lösenord", "adgangskode", "salasana", "şifre", "пароль", "密码", "密碼",
    "口令", "パスワード", "비밀번호", "heslo", "jelszó", "κωδικός", "login", "zugangsdaten",
)  # fmt: skip
"""Lower-case words one of which stands in every such sentence, beside those of names."""

_NOUN = r"""(?<![\w.\-])
        (?P<noun>pass(?:word|phrase|code|wd)|pwd?|pin(?:[ ]?(?:code|number))?|log[- ]?in[ ]code
        |(?:door|gate|alarm|access|security|verification|safe|entry)[ ]code|wi-?fi[ ](?:code|key)
        |api[ ]key|(?:secret|access|auth|network)[ ](?:key|token))"""
_NOUN_ABROAD = r"""(?:(?<![\w.\-])|(?<=[\u3040-\u9fff\uac00-\ud7a3]))
        (?P<noun>(?:WLAN-|Wi-?Fi-|Computer-)?(?:passwort|kennwort)|geheimzahl|PIN-?Code|türcode
        |mot[ ]de[ ]passe|mdp|code[ ](?:secret|d'accès|wi-?fi|du[ ]portail|de[ ]la[ ]porte)
        |contraseña|clave|c[óo]digo[ ]de[ ](?:acceso|la[ ]puerta|acesso)|parola(?:[ ]d'ordine)?
        |codice[ ](?:di[ ]accesso|segreto|pin)|wachtwoord|(?:pin|wifi-?)code|senha|palavra-passe
        |has[łl]o|lösenord(?:et)?|passord(?:et)?
        |adgangskoden?|salasana|şifrem?|пароль|密码|密碼|口令|パスワード
        |비밀번호)"""
_VALUE: Final = r"""
        (?:[ ](?:for|to|of|on|at|für|pour|para|per|voor|der|des|du|de|del|della|da|do|vom|zum|van
             |till|til|для)
           (?:[ ](?:the|my|our|your|his|her|their|this|that|das|den|die|le|la|el|il|het|mijn))?
           (?:[ ][\w'-]+){1,4}?)?
        (?:[ ](?:%s)[ ]
             (?:(?:still|now|currently|just|nun|jetzt|noch|ahora|maintenant|nu)[ ])?
           |[ ]?:[ ]|[ ](?:set|reset|changed)[ ]to[ ]
           |(?:[ ]changed)?,[ ](?:it's|its|it[ ]is)[ ](?:now[ ])?
           |(?<=[\u3040-\u9fff])[:：][ ]?
           |：|[ ]?(?:是|は|为|為)[ ]?|[은는][ ])
        (?P<quote>["'`“‘]?)(?P<value>\S{3,64})"""
_IS: Final = "is|was|should[ ]be|will[ ]be|to|è|é|ist|lautet|est|är"
_IS_ABROAD: Final = _IS + "|lautet|ist|war|est|c'est|était|es|era|è|é|är|er|(?<=salasana[ ])on"
"""The Finnish "on" follows its own noun alone: elsewhere it says what the secret opens."""
_SAID = re.compile(_NOUN + _VALUE % _IS, re.VERBOSE | re.IGNORECASE)
_SAID_ABROAD = re.compile(_NOUN_ABROAD + _VALUE % _IS_ABROAD, re.VERBOSE | re.IGNORECASE)
_SAID_BARE = re.compile(
    r"""(?<!\w)(?P<noun>пароль|пароля|şifrem|şifresi|parolam|mdp|hasło|heslo|jelszó|κωδικός)
        (?:[ ][^\W\d]+){0,3}?[ ]?[:—–-]?[ ](?P<quote>)(?P<value>(?=[^\s\d]*\d)\S{4,64})""",
    re.VERBOSE | re.IGNORECASE,
)
"""Where a language says no "is"."""
_STEMS_ABROAD = (
    "passwort", "kennwort", "geheimzahl", "pincode", "pin-code", "türcode", "wifi-code", "de passe",
    "mdp", "code secret", "code d", "code wi", "code du", "code de", "contrase", "clave", "códig",
    "codig", "parola", "codice", "wachtwoord", "wificode", "senha", "palavra-", "hasł", "haslo",
    "lösenord", "passord", "adgangskode", "salasana", "şifre", "пароль", "密码", "密碼", "口令",
    "パスワード", "비밀번호", "heslo", "jelszó", "κωδικός",
)  # fmt: skip
"""One of them stands where the long pattern could match: looking for them costs less."""
_PHRASE = re.compile(
    r"""(?<![\w.\-])(?:passphrase
        |(?:recovery|seed|backup|wallet|secret)[ ](?:phrase|words)
        |mnemonic)
        (?:[ ](?:is|was|are)[ ]|[ ]?[:=][ ]?)[\"'“]?
        (?P<value>[a-z]{3,12}(?:[ -][a-z]{3,12}){2,23})(?=[\s.,;!?"']|\Z)""",
    re.VERBOSE | re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"(?i)^(?:the|this|that|an?|to|in|for)\b.*\b(?:may|is|are|of|to|in|for|by)\b"
)
_ON_A_COMMAND_LINE = re.compile(
    r"""\b(?:mysql(?:dump|admin)?|mariadb(?:-dump)?|sshpass)(?![\w-])[^\n|;&]{0,96}?[ ]-p
        (?P<quote>[\"']?)(?!\d+:\d|(?:ort|rotocol|rompt|assword|gid)(?![a-z]))(?P<value>[^\s\"'<>$]{4,64})(?P=quote)(?=\s|\Z|[\"'`])""",
    re.VERBOSE,
)
_IS_ARGUMENT = re.compile(
    r"(?:(?<!\S)--?[\w-]+[ =]|\b(?:install|grep|pgrep|pull|remove|purge|man)[ ][^\n|;&]*)\Z"
)
"""The program's name is given to another command: an option's value, a package, what is sought."""
_INSIDE = re.compile(r"\bexec[ ][^\n|;&]*\Z")
"""A command run inside a container, which may be called as the program is."""
_COMMAND_BEFORE: Final = 64
_TRAILING = ".,;:!?)]}\"'`”’*_"
_TYPE_AFTER = re.compile(r"[ ]?(?:\||=|\)[ ]?->|,[ ]?(?:\*|\w+[ ]?:))")
"""What follows a parameter's type: `password: Buffer | None`, `secret: Text, size: int`."""
_CAMEL = re.compile(r"[a-z]+(?:[A-Z][a-z]+)+\Z")
_CODE = re.compile(r"[\[\](){}<>=]|\$[A-Za-z]|::|->")
_CLOSING = {'"': '"', "'": "'", "`": "`", "“": "”", "‘": "’"}


def spoken_secrets(text: str, start: int, end: int) -> Iterator[tuple[int, int, float]]:
    """Yield (start, end, score) of credentials said within one stretch of text (characters)."""
    lower = text[start:end].lower()
    if "phrase" in lower or "mnemonic" in lower or " words" in lower:
        for match in _PHRASE.finditer(text, start, end):
            if not _SENTENCE.search(match["value"]):
                yield *match.span("value"), 0.85
    if "mysql" in lower or "mariadb" in lower or "sshpass" in lower:
        for match in _ON_A_COMMAND_LINE.finditer(text, start, end):
            low = max(0, match.start() - _COMMAND_BEFORE)
            is_argument = _IS_ARGUMENT.search(text, low, match.start())
            if is_argument and not _INSIDE.search(text, low, match.start()):
                continue
            if not is_placeholder(match["value"]):
                yield *match.span("value"), 0.9
    yield from _said(_SAID, text, start, end)
    yield from noted_secrets(text, start, end, lower)
    if any(stem in lower for stem in _STEMS_ABROAD):
        yield from _said(_SAID_ABROAD, text, start, end)
        yield from _said(_SAID_BARE, text, start, end)


def _said(
    pattern: re.Pattern[str], text: str, start: int, end: int
) -> Iterator[tuple[int, int, float]]:
    for match in pattern.finditer(text, start, end):
        begin = match.start("value")
        value = match["value"]
        if match["quote"]:
            close = text.find(_CLOSING[match["quote"]], begin, begin + 80)
            quoted = text[begin:close] if close > begin else ""
            if quoted and not re.search(r"\s", quoted) and not is_placeholder(quoted):
                yield begin, close, 0.9
            continue
        value = value.rstrip(_TRAILING)
        if value.isalpha() and _TYPE_AFTER.match(text, begin + len(value)):
            continue
        if score := _believed(value, match["noun"].lower()):
            yield begin, begin + len(value), score


def _believed(value: str, noun: str) -> float:
    """Return how sure an unquoted word is a credential: it must not be a word of the language."""
    if value.isdigit():
        return 0.85 if 3 <= len(value) <= 12 and ("pass" not in noun or len(value) >= 4) else 0.0
    if is_placeholder(value) or is_reference(value) or _CODE.search(value):
        return 0.0
    has_digit = any(c.isdigit() for c in value)
    if has_digit and any(c.isalpha() for c in value):
        return 0.9 if len(value) >= 4 else 0.0
    has_symbol = any(not c.isalnum() and c not in "-'’/." for c in value)
    has_case = any(c.isupper() for c in value[1:]) and any(c.islower() for c in value)
    has_case = has_case and not _CAMEL.match(value) and value[0] != "_"
    if len(value) >= 5 and (has_symbol or has_case):
        return 0.75
    return 0.0
