"""Identifiers, files, paths and addresses as they stand in code and logs: never private."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

__all__ = ["KINDS", "NOUNS", "VERBS", "make"]

KINDS = ("code_ident", "class_name", "function_name", "file_name")
VERBS = (
    "get set load save parse build make find read write open close send fetch merge split check "
    "update delete create render encode decode validate handle process run start stop init sync"
).split()
NOUNS = (
    "user name first_name last_name person customer account address order item record file path "
    "config token session request response event queue batch node edge graph matrix vector frame "
    "buffer cache index table column row key value label model layer weight gradient score rate "
    "mark grant bill page rose drew chase max grace hope jack frank pat dean art will"
).split()
_EXTENSIONS = (
    "py js ts go rs java c h md txt json yaml toml csv sql sh log xml html css docx pdf".split()
)
_CLASSES = (
    "Manager Handler Factory Builder Service Client Server Error Exception Config Parser Writer "
    "Reader Model View Controller Repository Adapter Provider Listener Visitor Node Cache Pool"
).split()


def make(kind: str, rng: random.Random) -> str:
    """Make up a name in code, a file name, a path, a link or an e-mail address."""
    return _MAKERS[kind](rng.choice(NOUNS), rng.choice(NOUNS), rng.choice(VERBS), rng)


def _function(noun: str, _other: str, verb: str, rng: random.Random) -> str:
    return rng.choice((f"{verb}_{noun}", verb + _camel(noun))) + rng.choice(("", "()"))


def _class(noun: str, _other: str, _verb: str, rng: random.Random) -> str:
    return _camel(noun) + rng.choice(_CLASSES)


def _file(noun: str, other: str, verb: str, rng: random.Random) -> str:
    stem = rng.choice((noun, f"{verb}_{noun}", _camel(noun), f"{noun}-{other}"))
    return f"{stem}.{rng.choice(_EXTENSIONS)}"


def _path(noun: str, other: str, verb: str, rng: random.Random) -> str:
    return f"{rng.choice(_ROOTS)}/{noun}/{verb}_{other}.{rng.choice(_EXTENSIONS)}"


def _url(noun: str, other: str, _verb: str, rng: random.Random) -> str:
    host = rng.choice(("example.com", "docs.example.org", "api.example.net/v2"))
    return rng.choice(("https://", "http://", "www.", "")) + f"{host}/{noun}/{other}"


def _email(_noun: str, _other: str, _verb: str, rng: random.Random) -> str:
    desk = rng.choice(("info", "support", "sales", "no-reply", "hr", "billing", "office"))
    return f"{desk}@{rng.choice(('example.com', 'example.org', 'mail.example.net'))}"


def _identifier(noun: str, other: str, verb: str, rng: random.Random) -> str:
    forms = (
        noun,
        f"{noun}_{other}",
        noun + _camel(other),
        f"{noun.upper()}_{other.upper()}",
        f"self.{noun}",
        f"{noun}[{rng.randrange(9)}]",
        f"{_camel(noun)}.{verb}",
        f"--{noun}-{other}",
    )
    return rng.choice(forms)


_ROOTS = ("/var/log", "/etc", "./src", "~/work", "C:\\Users\\Public", "/opt/app", "s3://data")
_MAKERS = {
    "function_name": _function,
    "class_name": _class,
    "file_name": _file,
    "path": _path,
    "url": _url,
    "email": _email,
    "code_ident": _identifier,
}


def _camel(name: str) -> str:
    return "".join(part.title() for part in name.split("_"))
