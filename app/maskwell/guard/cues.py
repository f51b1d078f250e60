"""Phrases that give an injection away by themselves, in several languages.

They back the linear model up: a known phrase must not depend on what a model has learnt.
Invariant: every gap in a pattern is bounded, so matching is linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["CueHit", "find_cues"]


@dataclass(frozen=True, slots=True)
class CueHit:
    """One phrase found, with characters of the text it was found in."""

    start: int
    end: int
    score: float
    reason: str


_OVERRIDES: Final = "it tells a model to set its instructions aside"
_TEMPLATE: Final = "it imitates the marks that separate a model's instructions from its input"
_OWN_ORDERS: Final = "it asks for a model's own instructions"
_SECRECY: Final = "it asks a model to hide something from its user"
_ADDRESSED: Final = "it addresses an AI that reads the text"
_ROLE: Final = "it gives a model another role"


@dataclass(frozen=True, slots=True)
class _Rule:
    """A pattern, and the lower-case pieces one of which every match holds: looked for first."""

    pattern: re.Pattern[str]
    needs: tuple[str, ...]
    score: float
    reason: str


def _rule(pattern: str, needs: str, score: float, reason: str) -> _Rule:
    flags = re.IGNORECASE | re.MULTILINE
    return _Rule(re.compile(pattern, flags), tuple(needs.split(";")), score, reason)


_RULES: Final = (
    _rule(
        r"\b(?:ignore|disregard|forget|override|bypass|discard)\b[^.\n]{0,40}"
        r"\b(?:previous|prior|above|earlier|preceding|all|your|system|original)\b[^.\n]{0,30}"
        r"\b(?:instructions?|prompts?|directives?|guidelines|context|programming)\b",
        "ignore ;disregard;forget;override ;bypass;discard",
        0.95,
        _OVERRIDES,
    ),
    _rule(
        r"\b(?:stop following|do not follow|don't follow|no longer follow)\b[^.\n]{0,30}"
        r"\b(?:your|previous|prior|system)\b[^.\n]{0,20}\b(?:instructions?|prompt|rules)\b",
        "follow",
        0.95,
        _OVERRIDES,
    ),
    _rule(
        r"\bignorier\w*\b[^.\n]{0,40}\b(?:anweisung|vorgabe|befehl)\w*"
        r"|\bignore[rz]?\b[^.\n]{0,40}\b(?:instructions|consignes) (?:précédentes|ci-dessus)"
        r"|\b(?:ignora|olvida|ignore|esqueça|dimentica)\b[^.\n]{0,40}"
        r"\b(?:instrucciones|instruções|istruzioni)\b"
        r"|\bnegeer\b[^.\n]{0,40}\binstructies\b"
        r"|\bzignoruj\b[^.\n]{0,40}\b(?:instrukcj|polece)\w*"
        r"|\b(?:игнорируй|забудь)\w*\b[^.\n]{0,40}\b(?:инструкц|указани)\w*"
        r"|(?:忽略|无视|忘记)[^。\n]{0,20}(?:指令|指示|提示)|(?:指示|命令)を?(?:すべて)?無視",
        "ignorier;ignore;ignora;olvida;esqueça;dimentica;negeer;игнорируй;забудь;忽略;无视;忘记;無視",
        0.95,
        _OVERRIDES,
    ),
    _rule(
        r"<\|(?:im_start|im_end|system|user|assistant|endoftext|eot_id|start_header_id)\|?>?"
        r"|\[/?INST\]|<</?SYS>>|^[ \t]{0,3}#{2,4} (?:Instruction|System|Response)s?:"
        r"|\b(?:begin|end) (?:of )?system (?:prompt|message)\b",
        "<|;inst];<<sys;<</sys;## ;system prompt;system message",
        0.9,
        _TEMPLATE,
    ),
    _rule(
        r"\b(?:reveal|print|repeat|output|show|leak|display|disclose|tell me|give me|recite)\b"
        r"[^.\n]{0,30}\b(?:(?:system|initial|hidden|original|secret) (?:prompt|instructions?)"
        r"|your (?:instructions|prompt|guidelines))\b",
        "prompt;instruction;guidelines",
        0.9,
        _OWN_ORDERS,
    ),
    _rule(
        r"\b(?:do not|don't|never|without)\b[^.\n]{0,20}\b(?:tell|telling|inform|informing"
        r"|alert|alerting|notify|notifying|mention|mentioning|let)\b[^.\n]{0,40}\bthe user\b",
        "the user",
        0.8,
        _SECRECY,
    ),
    _rule(
        r"\b(?:if|when) you(?:'re| are) an? (?:ai|llm|large language model|language model"
        r"|chatbot|assistant|ai assistant|ai model|ai agent)\b"
        r"|\b(?:note|attention|message|instructions?|reminder) (?:to|for)"
        r" (?:the |any |all )?(?:ai|llm|language model|chatbot|ai assistant|ai model)s?\b",
        " ai ; ai.; ai,; ai:; ai\n; ais;llm;model;chatbot;assistant",
        0.85,
        _ADDRESSED,
    ),
    _rule(
        r"\byou are (?:now|no longer) (?:in )?(?:dan\b|developer mode|jailbr|unrestricted"
        r"|an? unrestricted|bound by|restricted)"
        r"|\b(?:enter|enable|activate|switch to) (?:developer|dan|jailbreak|god|admin) mode\b",
        "dan;mode;jailbr;restricted;bound by",
        0.9,
        _ROLE,
    ),
)


def find_cues(text: str) -> Iterator[CueHit]:
    """Yield every telling phrase of `text`."""
    lower = text.lower()
    for rule in _RULES:
        if any(piece in lower for piece in rule.needs):
            for hit in rule.pattern.finditer(text):
                yield CueHit(hit.start(), hit.end(), rule.score, rule.reason)
