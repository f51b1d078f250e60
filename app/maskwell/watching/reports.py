"""The report of one safe copy: what was found, left out, checked, and what cannot be hidden.

It may lie beside the copy and be read by whoever reads that, so it holds kinds and counts and
never a value; the scope's name and the source's are not in it.
"""

from __future__ import annotations

import html
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from maskwell import __version__
from maskwell.documents.telling import told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maskwell.shield.files import ProtectedFile

__all__ = ["Counted", "FileReport", "as_html", "as_json"]


@dataclass(frozen=True, slots=True)
class Counted:
    """How often a kind of value had an action."""

    type: str
    action: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """What is told about one copy."""

    file: str
    """The copy's path below the folder of the copies."""
    kind: str
    """What kind of file it was made from ("docx")."""
    mode: str
    """"layout" or "text"."""
    made_at: str
    """UTC, to the second."""
    maskwell: str
    policy: str
    sha256: str
    source_bytes: int
    copy_bytes: int
    replaced: int
    found: tuple[Counted, ...]
    left_out: tuple[str, ...]
    verified: str
    not_hidden: tuple[str, ...]

    @classmethod
    def of(cls, made: ProtectedFile, output: str, *, source_bytes: int) -> Self:
        """Return the report of a copy that goes to `output`."""
        copy = made.copy
        about = told(copy.kind, copy.mode)
        return cls(
            file=output,
            kind=copy.kind,
            mode=copy.mode,
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            maskwell=__version__,
            policy=made.policy,
            sha256=copy.digest,
            source_bytes=source_bytes,
            copy_bytes=len(copy.data),
            replaced=copy.replaced,
            found=tuple(Counted(*key, count) for key, count in sorted(made.found.items())),
            left_out=copy.dropped,
            verified=about.verified,
            not_hidden=about.not_hidden,
        )


def as_json(report: FileReport) -> str:
    """Return the report as JSON, one key a line."""
    return json.dumps(asdict(report), indent=2, ensure_ascii=False) + "\n"


def as_html(report: FileReport) -> str:
    """Return the report as a page that loads nothing and runs nothing."""
    mode = "with its layout" if report.mode == "layout" else "as plain text"
    found = "".join(
        f"<tr><td>{_safe(one.type)}<td>{_safe(one.action)}<td class=n>{one.count}</tr>"
        for one in report.found
    )
    table = f"<table><tr><th>kind<th>action<th class=n>places</tr>{found}</table>"
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        f"<title>{_safe(report.file)}</title><style>{_STYLE}</style>"
        f"<h1>{_safe(report.file)}</h1>"
        f"<p>A safe copy of a {_safe(report.kind)} file of {report.source_bytes:,} bytes, {mode}, "
        f"made {_safe(report.made_at)} under the policy {_safe(report.policy)}; "
        f"{report.replaced} places were changed.</p>"
        f"<h2>Found</h2>{table if report.found else '<p>Nothing private was found.</p>'}"
        f"<h2>Left out</h2>{_listed(report.left_out, 'Nothing.')}"
        f"<h2>Checked</h2><p>{_safe(report.verified)}</p>"
        f"<h2>Not hidden</h2>{_listed(report.not_hidden, 'Nothing that is known of.')}"
        f"<p class=small>SHA-256 {_safe(report.sha256)}, {report.copy_bytes:,} bytes. "
        f"Maskwell {_safe(report.maskwell)}.</p></html>\n"
    )


_STYLE = (
    ":root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;"
    "margin:2rem auto;padding:0 1rem}h1{font-size:1.3rem;overflow-wrap:anywhere}"
    "h2{font-size:1rem;margin-top:1.5rem}table{border-collapse:collapse}"
    "td,th{text-align:left;padding:.15rem 1rem .15rem 0}.n{text-align:right}"
    ".small{font-size:.8rem;overflow-wrap:anywhere}"
)


def _listed(lines: Iterable[str], none: str) -> str:
    items = "".join(f"<li>{_safe(line)}</li>" for line in lines)
    return f"<ul>{items}</ul>" if items else f"<p>{none}</p>"


def _safe(text: str) -> str:
    return html.escape(text)
