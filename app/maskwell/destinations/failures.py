"""Every way an HTTP model server can fail, each as one sentence of ours.

A server's own words are never repeated: they are not ours to trust, and they may echo what
was sent. Its error code is, when it is a plain word.
"""

from __future__ import annotations

import re
import ssl
from typing import TYPE_CHECKING

import httpx
import openai

from maskwell.errors import (
    DestinationError,
    DestinationRefused,
    DestinationUnreachable,
    StreamBroken,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.config import DestinationSettings

__all__ = [
    "broken",
    "may_connect_later",
    "not_a_reply",
    "refusal",
    "retry_after_s",
    "unreachable",
]


def refusal(
    error: openai.APIStatusError, settings: DestinationSettings, *, with_key: bool
) -> DestinationError:
    """Return what an answer with a status of 300 or more means."""
    status, code, name = error.status_code, _code(error), settings.name
    if status in {401, 403}:
        what = "did not accept its API key" if with_key else "wants an API key"
        return DestinationRefused(
            f'"{name}" {what}; store one with: maskwell destination add {name} --key-stdin.'
        )
    if 300 <= status < 400:
        return DestinationRefused(
            f'"{name}" sent us on to another address, which is never followed; '
            "give the final one as its base URL."
        )
    if status == 404:
        return _missing(error, settings)
    if status == 429:
        return _too_many(error, name, code)
    return _other(status, code, name)


def unreachable(
    error: openai.APIConnectionError, settings: DestinationSettings
) -> DestinationError:
    """Return what failing before any answer means."""
    name, causes = settings.name, list(_causes(error))
    if _is_unverified(error):
        return DestinationUnreachable(
            f'The certificate of "{name}" cannot be verified; nothing was sent.'
        )
    if any(isinstance(cause, httpx.ConnectTimeout) for cause in causes):
        return DestinationUnreachable(f'"{name}" cannot be reached: no connection in time.')
    if isinstance(error, openai.APITimeoutError):
        return DestinationUnreachable(
            f'"{name}" did not answer within {settings.timeout_s:g} seconds.'
        )
    if any(isinstance(cause, httpx.ConnectError) for cause in causes):
        return DestinationUnreachable(
            f'"{name}" cannot be reached at {settings.base_url}; is it running?'
        )
    return DestinationUnreachable(f'"{name}" closed the connection without an answer.')


def may_connect_later(error: openai.APIConnectionError) -> bool:
    """Whether no connection was made and another attempt may make one: nothing was sent yet."""
    is_unconnected = isinstance(error.__cause__, httpx.ConnectError)
    return is_unconnected and not _is_unverified(error)


def broken(error: BaseException | None, settings: DestinationSettings) -> StreamBroken:
    """Return what failing after the answer began means."""
    if isinstance(error, openai.APITimeoutError):
        how = f"fell silent for {settings.timeout_s:g} seconds"
    elif isinstance(error, openai.APIConnectionError) or error is None:
        how = "broke off"
    elif isinstance(error, openai.APIError):
        how = "ended with an error of the server's"
    else:
        how = "turned into something that is no reply"
    return StreamBroken(f'The reply of "{settings.name}" {how}; what came before is kept.')


def not_a_reply(content_type: str, settings: DestinationSettings) -> DestinationRefused:
    """Return what an answer of the wrong kind means."""
    if "html" in content_type.lower():
        return DestinationRefused(
            f'"{settings.name}" answered with a web page; check its base URL '
            "(it often ends in /v1)."
        )
    return DestinationRefused(
        f'"{settings.name}" answered with something that is no chat reply; check its base URL.'
    )


def retry_after_s(error: openai.APIStatusError) -> float | None:
    """Return the seconds the server asks to wait; None when it does not say, or in no number."""
    try:
        seconds = float(error.response.headers.get("retry-after", ""))
    except ValueError:
        return None
    return seconds if 0 <= seconds < float("inf") else None


def _is_unverified(error: openai.APIConnectionError) -> bool:
    return any(isinstance(cause, ssl.SSLCertVerificationError) for cause in _causes(error))


def _missing(error: openai.APIStatusError, settings: DestinationSettings) -> DestinationError:
    content_type = error.response.headers.get("content-type", "")
    if "json" not in content_type:
        return DestinationRefused(
            f'"{settings.name}" has no chat at that address; check its base URL '
            "(it often ends in /v1)."
        )
    return DestinationRefused(
        f'"{settings.name}" knows no model "{settings.model}"; '
        f"see: maskwell destination test {settings.name}."
    )


def _too_many(error: openai.APIStatusError, name: str, code: str) -> DestinationError:
    if code == "insufficient_quota":
        return DestinationRefused(f'The account behind "{name}" has no credit left.')
    wait = retry_after_s(error)
    when = f"in {wait:.0f} seconds" if wait is not None else "in a while"
    return DestinationRefused(f'"{name}" takes no more requests just now; try again {when}.')


def _other(status: int, code: str, name: str) -> DestinationError:
    if status == 413 or code == "context_length_exceeded":
        return DestinationRefused(f'The conversation is too long for the model of "{name}".')
    if status >= 500:
        return DestinationUnreachable(
            f'"{name}" has a fault of its own (status {status}); try again later.'
        )
    said = f" ({code})" if code else ""
    return DestinationRefused(f'"{name}" refused the request with status {status}{said}.')


def _code(error: openai.APIStatusError) -> str:
    code = error.code or ""
    return code if re.fullmatch(r"[a-z_]{1,40}", code) else ""


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__
