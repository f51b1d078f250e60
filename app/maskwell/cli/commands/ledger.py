"""`maskwell ledger`: exactly what went where."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maskwell.cli.options import AsJson, session_of
from maskwell.cli.outputs import write_out
from maskwell.cli.tables import show, show_json
from maskwell.text.inert import inert

if TYPE_CHECKING:
    from maskwell.vault import LedgerEntry

__all__ = ["app"]

app = typer.Typer(
    help="The list of exactly what went where. It only grows.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
_COLUMNS = {
    "id": "id",
    "started_at": "when",
    "destination": "to",
    "model": "model",
    "outcome": "outcome",
    "bytes": "bytes",
    "policy": "policy",
    "scope": "scope",
}


@app.callback()
def _group() -> None:
    """Keep `show` a command of its own while it is the only one."""


@app.command("show")
def show_entries(
    context: typer.Context,
    number: Annotated[
        int | None, typer.Argument(metavar="ID", help="Show all of this one entry.")
    ] = None,
    destination: Annotated[
        str | None, typer.Option("--to", metavar="DEST", help="Only what went there.")
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=1, help="The most to list.")
    ] = 100,
    as_json: AsJson = False,
) -> None:
    """List what left, the latest first; or show one entry with its text, as tokens."""
    with session_of(context).open() as shield:
        if number is not None:
            _show_one(shield.vault.ledger.entry(number), as_json=as_json)
            return
        entries = shield.vault.ledger.entries(limit, destination)
        show(
            [_fields(entry) for entry in entries],
            _COLUMNS,
            as_json=as_json,
            empty="Nothing has left yet.",
        )


def _show_one(entry: "LedgerEntry", *, as_json: bool) -> None:
    fields = _fields(entry)
    for name in ("started_at", "finished_at"):
        fields[name] = fields[name].isoformat() if fields[name] else None
    if as_json:
        show_json({**fields, "text": entry.kept.text})
        return
    lines = [f"{name:<14}{value}" for name, value in fields.items() if value not in {None, ""}]
    text = "\n".join([*lines, "", entry.kept.text]) + "\n"
    write_out(None, (inert(text) if sys.stdout.isatty() else text).encode(errors="replace"))


def _fields(entry: "LedgerEntry") -> dict[str, Any]:
    return {
        "id": entry.id,
        "started_at": entry.started_at,
        "finished_at": entry.finished_at,
        "destination": entry.destination,
        "reach": entry.reach,
        "model": entry.model,
        "scope": entry.scope,
        "conversation": entry.conversation_id,
        "policy": entry.policy,
        "bytes": entry.byte_count,
        "sha256": entry.digest,
        "outcome": entry.outcome,
        "detail": entry.detail,
    }
