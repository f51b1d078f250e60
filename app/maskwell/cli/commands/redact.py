"""`maskwell redact`: a text goes in, the same text with tokens comes out."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maskwell.cli.commands.scan import finding_fields
from maskwell.cli.file_copies import is_document, make_copies
from maskwell.cli.inputs import read_batches, read_input
from maskwell.cli.options import (
    AsJson,
    AsJsonLines,
    Files,
    For,
    Out,
    Policy,
    Scope,
    files_or_stdin,
    one_of,
    session_of,
)
from maskwell.cli.outputs import json_line, open_output, write_out
from maskwell.cli.terminal import can_ask, say
from maskwell.errors import BlockedByPolicy, MaskwellError, UsageError

if TYPE_CHECKING:
    from maskwell.cli.inputs import Record, TextInput
    from maskwell.masking import Protected
    from maskwell.shield import Shield

__all__ = ["protected_findings", "redact"]


_KeepOutputs = Annotated[
    bool,
    typer.Option("--keep-outputs", help="Protect and keep what a notebook's cells printed, too."),
]


def redact(
    context: typer.Context,
    files: Files = None,
    *,
    output: Out = None,
    scope: Scope = None,
    policy: Policy = None,
    destination: For = None,
    as_json_lines: AsJsonLines = False,
    as_json: AsJson = False,
    keep_outputs: _KeepOutputs = False,
) -> None:
    """Put tokens in place of what is private.

    What tokens stand for is kept in the vault, and `maskwell restore` puts it back. Line
    ends and byte order marks stay as they are. Several files go to the folder OUT, or one
    after the other to standard output. Word, Excel, PowerPoint, OpenDocument, PDF, e-mail,
    web, table and data files become safe copies that another reader has checked.
    """
    one_of(json=as_json, jsonl=as_json_lines)
    session = session_of(context)
    names = files_or_stdin(files)
    are_documents = not (as_json or as_json_lines) and any(map(is_document, names))
    inputs = [] if as_json_lines or are_documents else [read_input(name) for name in names]
    chosen: dict[str, Any] = {
        "scope": scope or session.settings.default.scope,
        "policy": policy,
        "destination": destination,
    }
    with session.open(detecting=True, offer_vault=True) as shield:
        if are_documents:
            make_copies(shield, names, output, chosen, keeps_outputs=keep_outputs)
        elif as_json_lines:
            _redact_records(shield, names, output, chosen)
        elif len(inputs) > 1 and output not in {None, "-"}:
            _redact_into(shield, inputs, Path(str(output)), chosen, as_json=as_json)
        else:
            done = [(one, shield.protect(one.text, **chosen)) for one in inputs]
            write_out(output, _written(done, as_json=as_json))
            _tell([protected for _, protected in done])


def protected_findings(protected: "Protected") -> list[dict[str, Any]]:
    """Return what was found and the token that stands for it, as JSON writes it."""
    return [
        {**finding_fields(one.finding), "action": one.action.value, "token": one.token}
        for one in protected.findings
    ]


def _redact_records(
    shield: "Shield", names: list[str], output: str | None, chosen: dict[str, Any]
) -> None:
    with open_output(output) as out:
        for name in names:
            for batch in read_batches(name):
                lines, failure = _redact_batch(shield, batch, chosen)
                out.write(b"".join(lines))
                out.flush()
                if failure is not None:
                    raise failure


def _redact_batch(
    shield: "Shield", batch: "list[Record]", chosen: dict[str, Any]
) -> tuple[list[bytes], MaskwellError | None]:
    """Protect a batch with one commit: a token is on the disk before its line is written.

    Returns:
        The lines, and what kept the rest of the batch from being protected, if anything did.
    """
    lines: list[bytes] = []
    with shield.foreseen([record.text for record in batch]), shield.vault.transaction():
        for record in batch:
            try:
                protected = shield.protect(record.text, **chosen)
            except BlockedByPolicy as failure:
                return lines, failure
            found = protected_findings(protected)
            line = {"id": record.id, "protected": protected.text, "findings": found}
            lines.append(json_line(line))
    return lines, None


def _redact_into(
    shield: "Shield",
    inputs: "list[TextInput]",
    folder: Path,
    chosen: dict[str, Any],
    *,
    as_json: bool,
) -> None:
    targets = [folder / Path(one.name).name for one in inputs]
    if "-" in {one.name for one in inputs}:
        raise UsageError("Standard input has no name to write under; redact it on its own.")
    if twice := [path for path, count in Counter(targets).items() if count > 1]:
        raise UsageError(f"Two of the files are called {twice[0].name}; redact them apart.")
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder} is not a folder that can be written to.") from error
    done = []
    for one, target in zip(inputs, targets, strict=True):
        protected = shield.protect(one.text, **chosen)
        write_out(str(target), _written([(one, protected)], as_json=as_json))
        done.append(protected)
    _tell(done)


def _written(done: "list[tuple[TextInput, Protected]]", *, as_json: bool) -> bytes:
    if not as_json:
        return b"".join(one.encode(protected.text) for one, protected in done)
    objects = [
        {
            "file": one.name,
            "scope": protected.scope,
            "policy": protected.policy,
            "protected": protected.text,
            "findings": protected_findings(protected),
            "irreversible": list(protected.irreversible),
        }
        for one, protected in done
    ]
    return json_line(objects[0] if len(objects) == 1 else objects)


_LOST_WORDS = {
    "mask": "this left as stars",
    "generalise": "this left less exact",
    "hash": "this left as a hash",
    "drop": "this did not leave",
}


def _tell(done: "list[Protected]") -> None:
    for action, words in _LOST_WORDS.items():
        lost = sorted(
            {str(m.finding.entity_type) for one in done for m in one.findings if m.action == action}
        )
        if lost:
            say(f"As the policy says, {words} and does not come back: {', '.join(lost)}.")
    if can_ask():
        count = sum(len(protected.findings) for protected in done)
        say(f"{count} values protected in the scope {done[0].scope}.")
