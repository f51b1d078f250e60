"""`maskwell history`: stored chats, found, read, exported, renamed and really deleted."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maskwell.cli.markdown import as_markdown, text_of
from maskwell.cli.options import AsJson, Out, Yes, session_of
from maskwell.cli.outputs import write_out
from maskwell.cli.tables import show, show_json
from maskwell.cli.terminal import can_ask, confirm, say
from maskwell.errors import Interrupted, UsageError
from maskwell.text.inert import inert

if TYPE_CHECKING:
    from maskwell.shield import Shield
    from maskwell.vault import Conversation, Message

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
        rows = [
            _chat_fields(shield, chat, protected=protected)
            for chat in shield.vault.history.conversations(limit)
        ]
        show(rows, _COLUMNS, as_json=as_json, empty="There are no stored chats yet.")


@app.command("show")
def show_chat(
    context: typer.Context,
    number: _Id,
    protected: _AsTokens = False,
    as_json: AsJson = False,
) -> None:
    """Show one chat."""
    with session_of(context).open() as shield:
        chat = shield.vault.history.conversation(number)
        messages = shield.vault.history.messages(number)
        if as_json:
            fields = _chat_fields(shield, chat, protected=protected)
            for name in ("created_at", "updated_at"):
                fields[name] = fields[name].isoformat()
            turns = [_message_fields(shield, m, chat, protected=protected) for m in messages]
            show_json({**fields, "messages": turns})
            return
        text = as_markdown(shield, chat, messages, protected=protected)
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
    from maskwell.tui.chat_search import matching_messages  # noqa: PLC0415  # loads masking

    with session_of(context).open() as shield:
        rows = []
        for message in matching_messages(shield, " ".join(words))[:limit]:
            chat = shield.vault.history.conversation(message.conversation_id)
            fields = _message_fields(shield, message, chat, protected=protected)
            rows.append({"conversation": chat.id, "message": message.id, **fields})
        if not as_json:
            rows = [{**row, "text": _snippet(row["text"], words)} for row in rows]
        show(rows, _FOUND_COLUMNS, as_json=as_json, empty="No message holds all of these words.")


@app.command()
def export(
    context: typer.Context,
    number: _Id,
    output: Out = None,
    restored: Annotated[
        bool,
        typer.Option("--restored/--protected", help="Real values, or tokens (the default)."),
    ] = False,
) -> None:
    """Write one chat as Markdown."""
    with session_of(context).open() as shield:
        chat = shield.vault.history.conversation(number)
        messages = shield.vault.history.messages(number)
        text = as_markdown(shield, chat, messages, protected=not restored)
    write_out(output, text.encode(errors="replace"))


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


def _chat_fields(shield: "Shield", chat: "Conversation", *, protected: bool) -> dict[str, Any]:
    return {
        "id": chat.id,
        "title": text_of(shield, chat.title, chat.scope, protected=protected),
        "scope": chat.scope,
        "destination": chat.destination,
        "policy": chat.policy,
        "created_at": chat.created_at,
        "updated_at": chat.updated_at,
        "messages": chat.message_count,
    }


def _message_fields(
    shield: "Shield", message: "Message", chat: "Conversation", *, protected: bool
) -> dict[str, Any]:
    return {
        "role": message.role,
        "text": text_of(shield, message.kept, chat.scope, protected=protected),
        "state": message.state,
        "created_at": message.created_at.isoformat(),
    }


def _snippet(text: str, words: list[str]) -> str:
    """Return the part of a message around the first word that stands in it."""
    folded = text.casefold()
    places = [folded.find(word.casefold()) for word in " ".join(words).split()]
    first = min((place for place in places if place >= 0), default=0)
    start = max(0, first - _SNIPPET_CHARS // 4)
    cut = text[start : start + _SNIPPET_CHARS]
    return ("…" if start else "") + cut + ("…" if start + len(cut) < len(text) else "")
