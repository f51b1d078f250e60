"""`maskwell ledger`: exactly what went where."""

import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maskwell.cli.commands.entity import value_from
from maskwell.cli.commands.entity_changes import entities_of
from maskwell.cli.options import AsJson, Out, session_of
from maskwell.cli.outputs import json_line, open_output, write_out
from maskwell.cli.tables import show, show_json
from maskwell.text.inert import inert

if TYPE_CHECKING:
    from maskwell.vault import LedgerEntry
    from maskwell.vault.about import Told

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
_ABOUT_COLUMNS = {
    "destination": "to",
    "tokens": "as",
    "entries": "entries",
    "last_at": "last",
    "stand_ins": "shown as",
    "quasi_identifiers": "beside",
}
_EVERY = 1 << 62


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


@app.command()
def about(
    context: typer.Context,
    value: Annotated[
        str,
        typer.Argument(metavar="VALUE", help="A value the vault keeps; - reads it from stdin."),
    ],
    as_json: AsJson = False,
) -> None:
    """Show what each destination was ever told about someone, and what could give them away."""
    with session_of(context).open() as shield:
        rows = [
            {"type": one.entity_type.value, **_told_fields(told)}
            for one in entities_of(shield, value_from(value))
            for told in shield.vault.ledger.about(one.entity_id)
        ]
    show(rows, _ABOUT_COLUMNS, as_json=as_json, empty="No destination was told about it.")


@app.command()
def export(context: typer.Context, output: Out = None) -> None:
    """Write every entry with its text, as tokens, in JSON Lines; the oldest first."""
    with session_of(context).open() as shield, open_output(output) as out:
        for entry in reversed(shield.vault.ledger.entries(_EVERY)):
            out.write(json_line({**_dated(_fields(entry)), "text": entry.kept.text}))


def _show_one(entry: "LedgerEntry", *, as_json: bool) -> None:
    fields = _dated(_fields(entry))
    if as_json:
        show_json({**fields, "text": entry.kept.text})
        return
    lines = [f"{name:<14}{value}" for name, value in fields.items() if value not in {None, ""}]
    text = "\n".join([*lines, "", entry.kept.text]) + "\n"
    write_out(None, (inert(text) if sys.stdout.isatty() else text).encode(errors="replace"))


def _dated(fields: dict[str, Any]) -> dict[str, Any]:
    """Return fields with their moments as ISO 8601 texts."""
    return {
        key: value.isoformat() if isinstance(value, datetime) else value
        for key, value in fields.items()
    }


def _told_fields(told: "Told") -> dict[str, Any]:
    return {
        "destination": told.destination,
        "reach": told.reach,
        "tokens": list(told.tokens),
        "entries": list(told.entries),
        "conversations": list(told.conversations),
        "first_at": told.first_at,
        "last_at": told.last_at,
        "bytes": told.byte_count,
        "pending": told.pending,
        "stand_ins": list(told.stand_ins),
        "quasi_identifiers": list(told.quasi_identifiers),
    }


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
