"""`maskwell history`: stored chats, found, read, exported, renamed and really deleted."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maskwell.cli.options import AsJson, Out, Yes, one_of, session_of
from maskwell.cli.outputs import json_line, write_out
from maskwell.cli.revealing import Purpose, Reveal, Showing, showing
from maskwell.cli.tables import show, show_json
from maskwell.cli.terminal import can_ask, confirm, say
from maskwell.errors import Interrupted, UsageError
from maskwell.text.inert import inert

if TYPE_CHECKING:
    from collections.abc import Callable

    from maskwell.shield import Shield
    from maskwell.vault import Conversation, Kept

__all__ = ["app"]

app = typer.Typer(
    help="Your stored chats. What is kept of them holds tokens; the vault restores it.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
_COLUMNS = {
    "id": "id",
    "updated_at": "last",
    "destination": "with",
    "messages": "turns",
    "title": "title",
}
_FOUND_COLUMNS = {"conversation": "id", "created_at": "when", "role": "who", "text": "text"}
_SNIPPET_CHARS = 160

_Id = Annotated[int, typer.Argument(metavar="ID", help="The chat's number in the list.")]
_AsTokens = Annotated[
    bool, typer.Option("--protected", help="With tokens instead of the real values.")
]


@app.command("list")
def list_(
    context: typer.Context,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=1, help="The most to list.")
    ] = 100,
    protected: _AsTokens = False,
    as_json: AsJson = False,
) -> None:
    """List the chats, the last used first."""
    with session_of(context).open() as shield:
        text_of = _reader(shield, None if protected else showing(reveal=False, purpose=None))
        rows = [
            _chat_fields(chat, text_of(chat.title, chat.scope))
            for chat in shield.vault.history.conversations(limit)
        ]
        show(rows, _COLUMNS, as_json=as_json, empty="There are no stored chats yet.")


@app.command("show")
def show_chat(
    context: typer.Context,
    number: _Id,
    *,
    protected: _AsTokens = False,
    reveal: Reveal = False,
    purpose: Purpose = None,
    as_json: AsJson = False,
) -> None:
    """Show one chat; on a terminal guarded values stay masked unless they are revealed."""
    from maskwell.shield.exporting import chat_document  # noqa: PLC0415  # loads the shield

    shown = showing(reveal=reveal, purpose=purpose)
    with session_of(context).open() as shield:
        text_of = _reader(shield, None if protected else shown)
        document = chat_document(shield, number, text_of)
    if as_json:
        show_json(document.as_json())
        return
    text = document.as_markdown()
    write_out(None, (inert(text) if sys.stdout.isatty() else text).encode(errors="replace"))


@app.command()
def search(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="All must be there.")],
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=1, help="The most to list.")
    ] = 100,
    protected: _AsTokens = False,
    as_json: AsJson = False,
) -> None:
    """Find messages by their words; real values are found too."""
    from maskwell.shield.exporting import turn_as_json  # noqa: PLC0415  # loads the shield

    with session_of(context).open() as shield:
        text_of = _reader(shield, None if protected else showing(reveal=False, purpose=None))
        rows = []
        for message in shield.vault.search(" ".join(words), limit=limit):
            chat = shield.vault.history.conversation(message.conversation_id)
            fields = turn_as_json(message, text_of(message.kept, chat.scope))
            rows.append({"conversation": chat.id, "message": message.id, **fields})
        if not as_json:
            rows = [{**row, "text": _snippet(row["text"], words)} for row in rows]
        show(rows, _FOUND_COLUMNS, as_json=as_json, empty="No message holds all of these words.")


@app.command()
def export(
    context: typer.Context,
    number: _Id,
    *,
    output: Out = None,
    restored: Annotated[
        bool,
        typer.Option("--restored/--protected", help="Real values, or tokens (the default)."),
    ] = False,
    as_json: AsJson = False,
    as_markdown: Annotated[
        bool, typer.Option("--markdown", help="Write Markdown (the default).")
    ] = False,
    reveal: Reveal = False,
    purpose: Purpose = None,
) -> None:
    """Write one chat as Markdown or JSON; the audit trail says so."""
    from maskwell.shield.exporting import export_chat  # noqa: PLC0415  # loads the shield

    one_of(json=as_json, markdown=as_markdown)
    shown = showing(reveal=reveal, purpose=purpose, output=output) if restored else None
    with session_of(context).open() as shield:
        document = export_chat(shield, number, _reader(shield, shown), restored=restored)
    if as_json:
        write_out(output, json_line(document.as_json()))
    else:
        write_out(output, document.as_markdown().encode(errors="replace"))


@app.command()
def rename(
    context: typer.Context,
    number: _Id,
    title: Annotated[str, typer.Argument(metavar="TITLE", help="The new title.")],
) -> None:
    """Give a chat another title; it is kept with tokens, like everything else."""
    with session_of(context).open(detecting=True) as shield:
        chat = shield.vault.history.conversation(number)
        line = " ".join(title.split())
        if not line:
            raise UsageError("The title is empty; give one.")
        shield.vault.history.rename(number, shield.protect(line, scope=chat.scope).kept)


@app.command()
def delete(context: typer.Context, number: _Id, yes: Yes = False) -> None:
    """Delete a chat for good: its messages leave the file, not only the list."""
    with session_of(context).open() as shield:
        shield.vault.history.conversation(number)
        if not yes:
            if not can_ask():
                raise UsageError("Deleting asks first; without a terminal give --yes.")
            if not confirm(f"Delete chat {number} for good?", default=False):
                raise Interrupted("Nothing was deleted.")
        shield.vault.history.delete(number)
    say(f"Chat {number} is deleted.")


def _reader(shield: "Shield", shown: Showing | None) -> "Callable[[Kept, str], str]":
    """Return what makes a kept text and its scope what the user shall see; None: tokens."""

    def text_of(kept: "Kept", scope: str) -> str:
        if shown is None:
            return kept.text
        return shown.restored(shield, kept.text, scope=scope, is_stored=True).text

    return text_of


def _chat_fields(chat: "Conversation", title: str) -> dict[str, Any]:
    return {
        "id": chat.id,
        "title": title,
        "scope": chat.scope,
        "destination": chat.destination,
        "policy": chat.policy,
        "created_at": chat.created_at,
        "updated_at": chat.updated_at,
        "messages": chat.message_count,
    }


def _snippet(text: str, words: list[str]) -> str:
    """Return the part of a message around the first word that stands in it."""
    folded = text.casefold()
    places = [folded.find(word.casefold()) for word in " ".join(words).split()]
    first = min((place for place in places if place >= 0), default=0)
    start = max(0, first - _SNIPPET_CHARS // 4)
    cut = text[start : start + _SNIPPET_CHARS]
    return ("…" if start else "") + cut + ("…" if start + len(cut) < len(text) else "")
