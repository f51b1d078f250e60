"""What the name of a field says about the value beside it.

`db_password` holds a credential, `password_url` does not, `cache_key` never did. A name is
split into its words; the last one that speaks of secrets decides how much is promised, and
the words around it can take the promise back. Invariant: no name is kept, since what stands in
a name's place may be the secret itself.
"""

from __future__ import annotations

import re
from enum import IntEnum

__all__ = ["ANCHOR_WORDS", "Promise", "promise_of"]


class Promise(IntEnum):
    """How much a name promises that its value is a credential."""

    NONE = 0
    WEAK = 1
    """A value must look random to be believed (`key`, `auth`)."""
    MEDIUM = 2
    """A value must look random, or stand in a settings file (`api_key`, `token`)."""
    STRONG = 3
    """Any value that is not a stand-in is believed (`password`)."""


ANCHOR_WORDS = (
    "pass", "pwd", "pword", "pw", "secret", "token", "key", "auth", "cred", "nonce", "salt", "otp",
    "pin", "sid", "cookie", "session", "signature", "bearer", "contrase", "passwort", "kennwort",
    "passphrase", "apikey", "psk", "appid", "authtoken",
)  # fmt: skip
"""Lower-case characters one of which every telling name holds."""

_STRONG = frozenset(
    "pass passwd password passwords passphrase passcode passwort kennwort "
    "contrasena contraseña pwd pword pw secret secrets userpass dbpass rootpw rootpass "
    "passin passout smtppass sshpass dbpassword mysqlpassword clientsecret appsecret psk "
    "mdp senha wachtwoord "
    "hasło haslo lösenord losenord passord adgangskode salasana heslo jelszó jelszo sifre".split()
)
_OWNERS = (
    "store key user db admin root bind mail smtp imap ftp ssh ldap mqtt wifi wlan auth master my "
    "require site proxy trust sql mysql pg redis mongo app api vpn net login priv"
).split()
_STRONG_JOINED = frozenset(
    owner + word for owner in _OWNERS for word in ("pass", "pw", "pwd", "passwd", "passwort")
) - {"proxypass", "mypass", "keypw", "sitepass"}
"""Owner and word written as one: `storepass`, `bindpw`."""
_STRONG_ENDS = ("password", "passwd", "passphrase", "secret", "passwort", "kennwort")
_MEDIUM = frozenset("token tokens apikey authkey secretkey accesskey otp pin cookie".split())
_WEAK = frozenset(
    "key auth authorization cred creds credential credentials nonce salt sid session signature "
    "bearer oauth verifier nkey xkey appid".split()
)
_KEY_OF_A_SECRET = frozenset(
    "api access account admin aes app application auth client consumer crypto encryption "
    "encrypt decryption hmac jwt license licence master merchant oauth private sas secret "
    "service session shared signing sign ssh storage subscription webhook wallet".split()
)
_NOT_A_SECRET_BEFORE = frozenset(
    "public pub primary foreign cache sort partition index object row hot translation i18n map "
    "dict json group unique lookup composite natural surrogate column table sorting shortcut "
    "arrow enter escape shift ctrl alt meta hash no has is show hide toggle without invalid "
    "wrong forgot reset change update validate check on get generate create parse next page "
    "continuation csrf pagination sync delimiter stop start eos bos unk pad sep cls special "
    "encrypted wrapped hashed lexer parser word sub max min num total count basic "
    "unauth two verify verifying verification publishable".split()
)
_HARMLESS_AFTER = frozenset(
    "value val str string data raw plain plaintext text1 base base64 b64 hex bytes dev prod test "
    "staging production development local live sandbox default old new current confirm "
    "confirmation repeat again verify encoded content env var main root admin user db app api "
    "1 2 3 0 id2 key keys access secret token v1 v2 v3 seed".split()
)
_NO_PASS_AFTER = frozenset(
    "render vertex fragment shadow depth color colour geometry first second third last one single "
    "multi post pre by sub compile compiler optimization blur bloom lighting forward backward "
    "boarding season low high band all until test tests".split()
)
"""`render_pass`: a run over something, no password."""
_SPEAKS_ABOUT = frozenset(
    "existing error errors "
    "err label labels message messages placeholder placeholders hint hints tooltip "
    "validator validators rule rules title titles translation translations".split()
)
"""A name that holds one of these holds what is said about a credential."""
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-zà-ÿ]+|\d+")


def promise_of(name: str) -> Promise:
    """Return how much a field's name promises that its value is a credential."""
    words = [word.lower() for word in _WORD.findall(name)]
    for at in range(len(words) - 1, -1, -1):
        promise = _word_promise(words[at])
        if promise is not Promise.NONE:
            return _in_company(words, at, promise)
    return Promise.NONE


def _word_promise(word: str) -> Promise:
    if word in _STRONG or word in _STRONG_JOINED or word.endswith(_STRONG_ENDS):
        return Promise.STRONG
    if word in _MEDIUM or word.endswith(("token", "apikey")):
        return Promise.MEDIUM
    return Promise.WEAK if word in _WEAK else Promise.NONE


def _in_company(words: list[str], at: int, promise: Promise) -> Promise:
    before, after = words[:at], words[at + 1 :]
    if any(word not in _HARMLESS_AFTER for word in after):
        return Promise.NONE
    if not _SPEAKS_ABOUT.isdisjoint(before) or (words[at] == "signature" and after == ["value"]):
        return Promise.NONE
    if words[at] in {"key", "token"} and "public" in before:
        return Promise.NONE
    if words[at] == "pass" and before and before[-1] in _NO_PASS_AFTER:
        return Promise.NONE
    if words[at] == "key":
        promise = _key_promise(before)
    elif promise is not Promise.STRONG and before and before[-1] in _NOT_A_SECRET_BEFORE:
        promise = Promise.NONE
    elif promise is Promise.WEAK and "secret" in before:
        promise = Promise.STRONG
    return promise


def _key_promise(before: list[str]) -> Promise:
    if before and before[-1] in _NOT_A_SECRET_BEFORE:
        return Promise.NONE
    if "secret" in before:
        return Promise.STRONG
    return Promise.MEDIUM if any(w in _KEY_OF_A_SECRET for w in before) else Promise.WEAK
