"""`maskwell entity guard|export`: which types are guarded; all of one person, to hand out."""

from typing import Annotated

import typer

from maskwell.cli.commands.entity import app, entity_type, value_from
from maskwell.cli.commands.entity_changes import entities_of
from maskwell.cli.options import AsJson, Out, one_of, session_of
from maskwell.cli.outputs import json_line, write_out
from maskwell.cli.tables import show
from maskwell.cli.terminal import say

__all__ = ["export", "guard"]


@app.command()
def guard(
    context: typer.Context,
    types: Annotated[
        list[str] | None, typer.Argument(metavar="TYPE", help="Guard these too; none lists them.")
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Guard them no longer.")] = False,
    as_json: AsJson = False,
) -> None:
    """List, add or remove types that come on a screen only when they are revealed.

    In files and pipes their values are restored like any other.
    """
    named = {entity_type(word) for word in types or []}
    with session_of(context).open() as shield:
        guarded = shield.vault.guard.types()
        if named:
            guarded = guarded - named if remove else guarded | named
            shield.vault.guard.set_types(guarded)
    rows = [{"type": name} for name in sorted(str(one) for one in guarded)]
    show(rows, {"type": "guarded"}, as_json=as_json, empty="No type is guarded.")


@app.command()
def export(
    context: typer.Context,
    value: Annotated[
        str, typer.Argument(metavar="VALUE", help="A value the vault keeps; - reads it from stdin.")
    ],
    *,
    output: Out = None,
    protected: Annotated[
        bool, typer.Option("--protected", help="Without the real values, their own included.")
    ] = False,
    as_json: AsJson = False,
    as_markdown: Annotated[
        bool, typer.Option("--markdown", help="Write Markdown (the default).")
    ] = False,
) -> None:
    """Write all the vault holds about someone, for that person to have.

    Whoever else is mentioned beside them stays a token. The audit trail says that it was made.
    """
    one_of(json=as_json, markdown=as_markdown)
    with session_of(context).open() as shield:
        found = entities_of(shield, value_from(value))
        subjects = [
            shield.vault.export_subject(one.entity_id, restored=not protected) for one in found
        ]
    if as_json:
        write_out(output, json_line([one.as_json() for one in subjects]))
    else:
        write_out(
            output, "\n".join(one.as_markdown() for one in subjects).encode("utf-8", "replace")
        )
    say("It holds what belongs to one person; give it to nobody else.")
