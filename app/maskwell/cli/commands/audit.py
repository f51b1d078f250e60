"""`maskwell audit`: who did what in the vault, in a chain that shows tampering."""

from typing import Annotated, Any

import typer

from maskwell.cli.options import AsJson, Out, session_of
from maskwell.cli.outputs import json_line, open_output
from maskwell.cli.tables import show, show_json
from maskwell.cli.terminal import say
from maskwell.errors import IntegrityError

__all__ = ["app"]

app = typer.Typer(
    help="Who did what in the vault, in a chain that shows tampering.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
_COLUMNS = {"id": "id", "at": "when", "event": "what", "subject": "to", "detail": "more"}
_EVERY = 1 << 62


@app.command("show")
def show_entries(
    context: typer.Context,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="The most.")] = 100,
    as_json: AsJson = False,
) -> None:
    """List what was done, the latest first; it never holds a real value."""
    with session_of(context).open() as shield:
        rows = [_fields(one) for one in shield.vault.audit.entries(limit)]
    if not as_json:
        rows = [{**row, "detail": _in_words(row["detail"])} for row in rows]
    show(rows, _COLUMNS, as_json=as_json, empty="Nothing was done yet.")


@app.command()
def verify(context: typer.Context, as_json: AsJson = False) -> None:
    """Recompute the chain; exit code 7 when an entry was changed, moved or taken out."""
    with session_of(context).open() as shield:
        report = shield.vault.audit.verify()
    if as_json:
        show_json(
            {
                "whole": report.is_whole,
                "entries": report.entries,
                "first_bad": report.first_bad,
                "problem": report.problem,
            }
        )
    if not report.is_whole:
        raise IntegrityError(report.problem)
    say(f"The audit trail is whole: {report.entries} entries.")


@app.command()
def export(context: typer.Context, output: Out = None) -> None:
    """Write the whole trail as JSON Lines, the oldest entry first."""
    with session_of(context).open() as shield, open_output(output) as out:
        for one in reversed(shield.vault.audit.entries(_EVERY)):
            out.write(json_line({**_fields(one), "at": one.at.isoformat()}))


def _fields(entry: Any) -> dict[str, Any]:
    return {
        "id": entry.id,
        "at": entry.at,
        "event": entry.event,
        "subject": entry.subject,
        "detail": entry.detail,
    }


def _in_words(detail: dict[str, Any]) -> str:
    return ", ".join(f"{key} {value}" for key, value in detail.items())
