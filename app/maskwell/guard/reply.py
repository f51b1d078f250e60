"""What a reply would do to the one who reads it: links, pictures, markup, invented values.

Invariant: nothing is followed, fetched or restored. The report says where each link really
leads, so that a screen can show it as text beside its target.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from maskwell.guard.hosts import TOKEN, carries, host_of, oddities, same_site
from maskwell.guard.inspection import inspect
from maskwell.guard.links import Link, find_links
from maskwell.guard.spans import Spans
from maskwell.guard.warning import GuardWarning, Inspection, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maskwell.detection import Finding

__all__ = ["ReplyReport", "inspect_reply"]

_IMAGE_VALUE_CHARS: Final = 24
"""In a picture's address, which is fetched unasked, a shorter value is long already."""

_SHOWN_HOST: Final = re.compile(
    r"(?:[a-z][a-z0-9+.-]{1,15}://)?(?:[^\s/@]{1,64}@)?"
    r"((?:[\w-]{1,63}\.){1,8}(?:com|org|net|edu|gov|mil|int|info|biz|io|app|dev|co|uk|de|fr|nl|eu|us"
    r"|ca|au|ch|at|be|it|es|pl|se|no|fi|dk|ie|jp|cn|ru|br|in|example|test|xyz|online|site|shop|bank))"
    r"(?:[/:?#]\S{0,2000})?",
    re.IGNORECASE,
)
_MARKUP: Final = re.compile(
    r"<(script|iframe|object|embed|form|style|link|meta|base|svg|video|audio|input|button|frame"
    r"|template|portal)\b",
    re.IGNORECASE,
)
_HANDLER: Final = re.compile(r"<[a-zA-Z][^<>]{0,2000}?\son[a-z]{3,20}\s{0,5}=", re.IGNORECASE)
_ESCAPES: Final = re.compile("[\x1b\x9b\x9d\x90]")


@dataclass(frozen=True, slots=True)
class ReplyReport:
    """What was found in a reply."""

    inspection: Inspection
    links: tuple[Link, ...] = ()
    """Every link and picture in text order, with its real target."""

    @property
    def warnings(self) -> tuple[GuardWarning, ...]:
        """The warnings in text order."""
        return self.inspection.warnings

    @property
    def score(self) -> float:
        """The highest score of the warnings."""
        return self.inspection.score


def inspect_reply(
    untrusted_text: str,
    *,
    findings: Iterable[Finding] = (),
    restored_spans: Iterable[tuple[int, int]] = (),
    unknown: Iterable[str] = (),
    foreign: Iterable[str] = (),
) -> ReplyReport:
    """Return what a reader of the reply should know.

    Args:
        untrusted_text: the reply, as it came or restored.
        findings: what detection finds private in this same text.
        restored_spans: where restoring put the user's own values, as (start, end); findings
            there are the user's and are not reported.
        unknown: tokens the receipt calls never issued.
        foreign: tokens the receipt calls another scope's.
    """
    links = tuple(find_links(untrusted_text))
    warnings = list(inspect(untrusted_text, source="reply").warnings)
    for link in links:
        warnings += _about(link)
    warnings += _markup(untrusted_text)
    warnings += _own_values(findings, list(restored_spans), links)
    invented = "the model made this token up; it was never issued"
    warnings += _tokens(untrusted_text, unknown, Kind.INVENTED_TOKEN, invented)
    elsewhere = "this token belongs to another scope and stays as it is"
    warnings += _tokens(untrusted_text, foreign, Kind.FOREIGN_TOKEN, elsewhere)
    return ReplyReport(Inspection.of(warnings), links)


def _about(link: Link) -> Iterator[GuardWarning]:
    def warn(kind: Kind, score: float, reason: str) -> GuardWarning:
        return GuardWarning(kind, link.start, link.end, score, reason)

    if link.is_image:
        host = host_of(link.target)
        where = "an address" if host else "its own text"
        yield warn(Kind.IMAGE, 0.4 if host else 0.2, f"a picture from {where}; it is not fetched")
    for score, reason in oddities(link.target):
        yield warn(Kind.LINK, score, reason)
    long_value = _IMAGE_VALUE_CHARS if link.is_image else 80
    for score, reason in carries(link.target, long_value=long_value):
        weight = max(score, 0.9) if link.is_image else score
        yield warn(Kind.EXFILTRATION, weight, reason)
    shown = _SHOWN_HOST.fullmatch(link.label.strip().strip("*_`<>").strip())
    real = host_of(link.target)
    if shown and real and not same_site(shown[1], real):
        yield warn(Kind.LINK, 0.9, "the link shows one address and leads to another")


def _markup(text: str) -> Iterator[GuardWarning]:
    if "<" in text:
        for tag in _MARKUP.finditer(text):
            reason = f"a <{tag[1].lower()}> element, which is shown as text and not run"
            yield GuardWarning(Kind.HTML, tag.start(), tag.end(), 0.5, reason)
        for handler in _HANDLER.finditer(text):
            reason = "an HTML element with a program in it; it is shown as text"
            yield GuardWarning(Kind.HTML, handler.start(), handler.end(), 0.7, reason)
    if escape := _ESCAPES.search(text):
        reason = "control characters that would act on a terminal; they are shown as signs"
        yield GuardWarning(Kind.CONTROL, escape.start(), escape.end(), 0.8, reason)


def _own_values(
    findings: Iterable[Finding], restored: list[tuple[int, int]], links: tuple[Link, ...]
) -> Iterator[GuardWarning]:
    """Yield findings that are neither the user's values nor part of a link told already."""
    ours = Spans([*restored, *((link.start, link.end) for link in links)])
    for finding in findings:
        if not ours.touch(finding.start, finding.end):
            reason = f"looks like {finding.entity_type.value}, and is the model's own"
            score = min(finding.score, 0.45)
            yield GuardWarning(Kind.PRIVATE_VALUE, finding.start, finding.end, score, reason)


def _tokens(text: str, tokens: Iterable[str], kind: Kind, reason: str) -> Iterator[GuardWarning]:
    """Yield one warning for every place of every token; without a place when it has none."""
    wanted = dict.fromkeys(tokens)
    placed: set[str] = set()
    for code in TOKEN.finditer(text) if wanted else ():
        for token in (_whole(text, code), f"[{code.group()}]", code.group()):
            if token in wanted:
                placed.add(token)
                yield GuardWarning(kind, code.start(), code.end(), 0.6, reason)
                break
    if any(token not in placed for token in wanted):
        yield GuardWarning(kind, 0, 0, 0.6, reason)


def _whole(text: str, code: re.Match[str]) -> str:
    """Return the token with its brackets and its label ("[PERSON_7QX:last]")."""
    end = text.find("]", code.end(), code.end() + 40) + 1
    return text[max(0, code.start() - 1) : end] if end else ""
