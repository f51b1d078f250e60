"""`maskwell ask`: one prompt out, protected; its reply back, restored as it streams."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maskwell.cli.clipboard import PRINTED, copy_or_print, paste, print_text, watch
from maskwell.cli.commands.redact import protected_findings
from maskwell.cli.completing import destination_names
from maskwell.cli.file_copies import is_document
from maskwell.cli.inputs import read_input
from maskwell.cli.options import Policy, Scope, Yes, session_of
from maskwell.cli.receipts import tell_receipt
from maskwell.cli.revealing import Purpose, Reveal, showing
from maskwell.cli.suspicions import tell_report, tell_suspicions
from maskwell.cli.tables import show_json
from maskwell.cli.terminal import ask as ask_person
from maskwell.cli.terminal import can_ask, confirm, entered, say
from maskwell.errors import BlockedByPolicy, ClipboardFailed, Interrupted, UsageError
from maskwell.text.inert import inert

if TYPE_CHECKING:
    from maskwell.conversation import Conversation
    from maskwell.guard import Source
    from maskwell.shield import Data, Plan, Reply, Shield

__all__ = ["ask"]


_Prompt = Annotated[
    str | None,
    typer.Argument(metavar="PROMPT", help="The prompt; text on standard input is put after it."),
]
_To = Annotated[
    str | None,
    typer.Option(
        "--to",
        metavar="DEST",
        autocompletion=destination_names,
        help="Where to send it (default: your setting).",
    ),
]
_TextFiles = Annotated[
    list[str] | None,
    typer.Option("--file", "-f", metavar="F", help="Put the words of a file after the prompt."),
]
_Chat = Annotated[
    int | None, typer.Option("--chat", metavar="ID", help="Go on with a stored chat.")
]
_Again = Annotated[
    bool, typer.Option("--again", help="With --chat: send its last, unanswered prompt again.")
]
_DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Print exactly what would be sent; send nothing.")
]
_AsJson = Annotated[
    bool, typer.Option("--json", help="With --dry-run: every message, and what was found.")
]
_NoHistory = Annotated[
    bool, typer.Option("--no-history", help="Keep no trace of the chat but the ledger's.")
]


def ask(
    context: typer.Context,
    prompt: _Prompt = None,
    *,
    to: _To = None,
    files: _TextFiles = None,
    scope: Scope = None,
    policy: Policy = None,
    chat: _Chat = None,
    again: _Again = False,
    dry_run: _DryRun = False,
    as_json: _AsJson = False,
    no_history: _NoHistory = False,
    reveal: Reveal = False,
    purpose: Purpose = None,
    yes: Yes = False,
) -> None:
    """Ask a language model without telling it who it is about.

    The reply is written as it streams, restored. To the clipboard, the default, the prompt
    is copied for you to paste into any chatbot, and its reply is read from there. On a terminal
    guarded values stay masked unless they are revealed.
    """
    if as_json and not dry_run:
        raise UsageError("--json belongs to --dry-run; a reply is written as text.")
    if chat is not None and (scope or no_history):
        raise UsageError("A stored chat has its scope and its history; leave those options out.")
    if again and (chat is None or prompt or files or dry_run):
        raise UsageError("--again belongs to --chat alone; the prompt is there already.")
    text, data = ("", ()) if again else _prompt_text(prompt, files or [])
    shown = showing(reveal=reveal, purpose=purpose)
    session = session_of(context)
    session.settings.destination(to)
    with session.open(detecting=True, offer_vault=True) as shield:
        talk = _conversation(shield, chat, to, policy, scope, temporary=no_history or dry_run)
        talk.on_screen = shown.masks
        if not dry_run:
            shown.before_all(shield, scope=talk.scope)
        if again:
            _streamed(talk.resend())
            return
        plan = talk.plan(text, data=data)
        if dry_run:
            _show_what_would_leave(shield, plan, as_json=as_json)
            return
        _review(shield, plan, yes=yes)
        if session.settings.destination(talk.destination).kind == "clipboard":
            _by_hand(talk, plan)
        else:
            _streamed(talk.send(plan))


def _prompt_text(prompt: str | None, files: list[str]) -> tuple[str, tuple["Data", ...]]:
    """Return the prompt, then what came on stdin, then the files, with a line between.

    What came on stdin beside a prompt, and the files, are data: the guard looks through them.
    """
    parts: list[tuple[str, Source]] = []
    if prompt not in {None, "-"}:
        parts.append((str(prompt), "prompt"))
    is_piped = sys.stdin is not None and not sys.stdin.isatty()
    if prompt == "-" or is_piped or not (prompt or files):
        parts.append((read_input("-").text, "pasted" if parts else "prompt"))
    parts += [(_words_of(name), "file") for name in files if name != "-"]
    if not any(part.strip() for part, _ in parts):
        raise UsageError("There is nothing to ask; give a prompt, or text on standard input.")
    return _joined([(part.strip("\r\n"), source) for part, source in parts if part.strip()])


def _words_of(name: str) -> str:
    """Return a file's text; of a document its words, whose layout stays here."""
    if is_document(name):
        from maskwell.documents.attaching import read_words  # noqa: PLC0415  # loads the formats

        return read_words(Path(name))[0]
    return read_input(name).text


def _joined(parts: list[tuple[str, "Source"]]) -> tuple[str, tuple["Data", ...]]:
    from maskwell.shield import Data  # noqa: PLC0415  # loads the shield

    text = ""
    data: list[Data] = []
    for part, source in parts:
        text += "\n\n" if text else ""
        if source != "prompt":
            data.append(Data(len(text), len(text) + len(part), source))
        text += part
    return text, tuple(data)


def _conversation(
    shield: "Shield",
    chat: int | None,
    to: str | None,
    policy: str | None,
    scope: str | None,
    *,
    temporary: bool,
) -> "Conversation":
    from maskwell.conversation import Conversation  # noqa: PLC0415  # loads the shield

    if chat is None:
        return Conversation.start(
            shield, destination=to, policy=policy, scope=scope, temporary=temporary
        )
    talk = Conversation.resume(shield, chat)
    talk.destination = to or talk.destination
    talk.policy = policy or talk.policy
    return talk


def _show_what_would_leave(shield: "Shield", plan: "Plan", *, as_json: bool) -> None:
    from maskwell.shield import MODEL_NOTE  # noqa: PLC0415  # loads the shield

    protected = shield.preview(plan)
    is_noted = (
        bool(protected.kept.applied)
        and shield.settings.destination(plan.destination).kind != "clipboard"
    )
    if as_json:
        messages = [{"role": "user", "content": protected.text}]
        if is_noted:
            messages.insert(0, {"role": "system", "content": MODEL_NOTE})
        show_json(
            {
                "destination": plan.destination,
                "policy": plan.policy.name,
                "messages": messages,
                "findings": protected_findings(protected),
                "irreversible": list(protected.irreversible),
            }
        )
        return
    if is_noted:
        say(f"Beside the prompt this note would be sent: {MODEL_NOTE}")
    print_text(protected.text)


def _review(shield: "Shield", plan: "Plan", *, yes: bool) -> None:
    """Show what is about to leave where the policy asks for it.

    Raises:
        BlockedByPolicy: nobody is there to look, and the policy does not send without.
        Interrupted: the user said no.
    """
    tell_suspicions(plan)
    if yes or not plan.wants_review:
        return
    if not can_ask():
        if plan.policy.without_review == "refuse":
            raise BlockedByPolicy(
                f'The policy "{plan.policy.name}" wants a review before sending and there is no '
                "terminal to show it; review with --dry-run, then send with --yes."
            )
        return
    protected = shield.preview(plan)
    say(f"This would go to {plan.destination}, {len(protected.findings)} values protected:\n")
    say(protected.text + "\n")
    if not confirm("Send it?", default=True):
        raise Interrupted("Nothing was sent.")


def _streamed(reply: "Reply") -> None:
    """Write the reply as it comes; what came before an error or Ctrl-C is written too."""
    written = 0
    try:
        for piece in reply:
            _write(piece)
            written += len(piece)
    except KeyboardInterrupt:
        reply.close()
        raise
    finally:
        rest = reply.restored[written:]
        _write(rest if reply.restored.endswith("\n") or not reply.restored else rest + "\n")
    tell_receipt(reply.receipt)
    tell_report(reply.report())


def _write(piece: str) -> None:
    shown = inert(piece) if sys.stdout.isatty() else piece
    sys.stdout.buffer.write(shown.encode(errors="replace"))
    sys.stdout.buffer.flush()


def _by_hand(talk: "Conversation", plan: "Plan") -> None:
    """Give the prompt to the user to carry, and take the reply they bring back."""
    protected, entry = talk.hand_over(plan)
    if not (can_ask() and sys.stdout.isatty()):
        print_text(protected.text)
        talk.handed_over(entry, how=PRINTED)
        say(f"Restore the reply with: maskwell restore --scope {talk.scope}")
        return
    talk.handed_over(entry, how=copy_or_print(protected.text, "the protected prompt"))
    reply = _noticed(talk) or _brought_back(protected.text)
    restored = talk.receive(reply)
    print_text(inert(restored.text))
    tell_receipt(restored.receipt)


def _noticed(talk: "Conversation") -> str | None:
    """Return the reply as soon as it is copied; None when Enter came first, or no watch can be.

    Only a text with tokens of this chat is taken for the reply without being asked.
    """
    question = "Paste it into your chatbot and copy the reply; then press Enter if need be."
    try:
        watching = watch()
    except ClipboardFailed:
        ask_person(question)
        return None
    say(question)
    with entered() as is_entered:
        while not is_entered(watching.every_s):
            text = watching.look()
            if text is not None and talk.shield.restore(text, scope=talk.scope).receipt.restored:
                say("The reply was noticed.")
                return text
    return None


def _brought_back(sent: str) -> str:
    """Return the reply from the clipboard, or as it is pasted into the terminal."""
    try:
        reply: Any = paste()
    except ClipboardFailed:
        reply = None
    if reply is None or reply.strip() in {"", sent.strip()}:
        say("The clipboard holds no reply. Paste it here, then Ctrl-D on a line of its own:")
        with open("/dev/tty", encoding="utf-8", errors="replace") as terminal:  # noqa: PTH123  # a device
            reply = terminal.read()
    if not reply.strip():
        raise Interrupted("No reply was given; the prompt is kept in the history.")
    return str(reply)
