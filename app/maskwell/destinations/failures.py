"""Every way an HTTP model server can fail, each as one sentence of ours.

A server's own words are never repeated: they are not ours to trust, and they may echo what
was sent. Its error code is, when it is a plain word. The client libraries raise classes of
the same names, which are told apart by those names.
"""

from __future__ import annotations

import re
import ssl
from typing import TYPE_CHECKING, Any

from maskwell.errors import (
    DestinationError,
    DestinationRefused,
    DestinationUnreachable,
    MaskwellError,
    StreamBroken,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.config import DestinationSettings

__all__ = [
    "broken",
    "code_of",
    "may_connect_later",
    "not_a_reply",
    "ours",
    "refusal",
    "retry_after_s",
    "unreachable",
]

_BASE_URL_HINTS = {"openai": " (it often ends in /v1)"}
_NO_CREDIT = frozenset({"insufficient_quota", "billing_error"})
_TOO_LONG = re.compile(r"context.{0,10}(length|window|size)|prompt is too long", re.IGNORECASE)
_UNPAID = re.compile(r"credit balance", re.IGNORECASE)


def refusal(error: Any, settings: DestinationSettings, *, with_key: bool) -> DestinationError:
    """Return what an answer with a status of 300 or more means.

    Args:
        error: the client library's `APIStatusError`.
        settings: the destination's.
        with_key: whether a key was sent.
    """
    status, code, name = error.status_code, code_of(error), settings.name
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
    if code in _NO_CREDIT or status == 402 or _says(error, _UNPAID):
        return DestinationRefused(f'The account behind "{name}" has no credit left.')
    if status == 429:
        return _too_many(error, name)
    return _other(error, status, code, name)


def unreachable(error: BaseException, settings: DestinationSettings) -> DestinationError:
    """Return what failing before any answer means."""
    name, causes = settings.name, set(_cause_names(error))
    if _is_unverified(error):
        return DestinationUnreachable(
            f'The certificate of "{name}" cannot be verified; nothing was sent.'
        )
    if "ProxyError" in causes:
        return DestinationUnreachable(f'The proxy of "{name}" let nothing through.')
    if "ConnectTimeout" in causes:
        return DestinationUnreachable(f'"{name}" cannot be reached: no connection in time.')
    if "APITimeoutError" in causes:
        return DestinationUnreachable(
            f'"{name}" did not answer within {settings.timeout_s:g} seconds.'
        )
    if "ConnectError" in causes:
        return DestinationUnreachable(
            f'"{name}" cannot be reached at {settings.base_url}; is it running?'
        )
    return DestinationUnreachable(f'"{name}" closed the connection without an answer.')


def ours(error: BaseException) -> MaskwellError | None:
    """Return the error of ours that a client library wrapped in one of its own, if it did.

    What stops a request before it leaves is raised inside the library, and some take every
    exception for a broken connection.
    """
    return next((one for one in _causes(error) if isinstance(one, MaskwellError)), None)


def may_connect_later(error: BaseException) -> bool:
    """Whether no connection was made and another attempt may make one: nothing was sent yet."""
    is_unconnected = type(error.__cause__).__name__ == "ConnectError"
    return is_unconnected and not _is_unverified(error)


def broken(error: BaseException | None, settings: DestinationSettings) -> StreamBroken:
    """Return what failing after the answer began means; no error is an end before the end."""
    causes = set() if error is None else set(_cause_names(error))
    if causes & {"APITimeoutError", "TimeoutException"}:
        how = f"fell silent for {settings.timeout_s:g} seconds"
    elif error is None or causes & {"APIConnectionError", "TransportError"}:
        how = "broke off"
    elif "APIError" in causes:
        how = "ended with an error of the server's"
    else:
        how = "turned into something that is no reply"
    return StreamBroken(f'The reply of "{settings.name}" {how}; what came before is kept.')


def not_a_reply(content_type: str, settings: DestinationSettings) -> DestinationRefused:
    """Return what an answer of the wrong kind means."""
    if "html" in content_type.lower():
        return DestinationRefused(
            f'"{settings.name}" answered with a web page; check its base URL{_hint(settings)}.'
        )
    return DestinationRefused(
        f'"{settings.name}" answered with something that is no chat reply; check its base URL.'
    )


def retry_after_s(error: Any) -> float | None:
    """Return the seconds the server asks to wait; None when it does not say, or in no number."""
    try:
        seconds = float(error.response.headers.get("retry-after", ""))
    except ValueError:
        return None
    return seconds if 0 <= seconds < float("inf") else None


def code_of(error: Any) -> str:
    """Return a server's word for what went wrong, "" when it is not a plain one."""
    body = error.body if isinstance(error.body, dict) else {}
    inner = body.get("error", body)
    code = (inner.get("code") or inner.get("type")) if isinstance(inner, dict) else ""
    return code if isinstance(code, str) and re.fullmatch(r"[a-z_]{1,40}", code) else ""


def _missing(error: Any, settings: DestinationSettings) -> DestinationError:
    content_type = error.response.headers.get("content-type", "")
    if "json" not in content_type:
        return DestinationRefused(
            f'"{settings.name}" has no chat at that address; check its base URL{_hint(settings)}.'
        )
    return DestinationRefused(
        f'"{settings.name}" knows no model "{settings.model}"; '
        f"see: maskwell destination test {settings.name}."
    )


def _too_many(error: Any, name: str) -> DestinationError:
    wait = retry_after_s(error)
    when = f"in {wait:.0f} seconds" if wait is not None else "in a while"
    return DestinationRefused(f'"{name}" takes no more requests just now; try again {when}.')


def _other(error: Any, status: int, code: str, name: str) -> DestinationError:
    if status == 413 or code == "context_length_exceeded" or _says(error, _TOO_LONG):
        return DestinationRefused(f'The conversation is too long for the model of "{name}".')
    if status >= 500:
        return DestinationUnreachable(
            f'"{name}" has a fault of its own (status {status}); try again later.'
        )
    said = f" ({code})" if code else ""
    return DestinationRefused(f'"{name}" refused the request with status {status}{said}.')


def _says(error: Any, words: re.Pattern[str]) -> bool:
    """Whether a refused request's message has these words; some servers have no code for it."""
    return error.status_code == 400 and bool(words.search(str(error.body)[:2000]))


def _hint(settings: DestinationSettings) -> str:
    return _BASE_URL_HINTS.get(settings.kind, "")


def _is_unverified(error: BaseException) -> bool:
    return any(isinstance(cause, ssl.SSLCertVerificationError) for cause in _causes(error))


def _cause_names(error: BaseException) -> Iterator[str]:
    """Yield the names of an error's classes and those of what caused it."""
    for cause in _causes(error):
        for cls in type(cause).__mro__:
            yield cls.__name__


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__
