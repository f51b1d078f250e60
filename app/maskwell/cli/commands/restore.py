"""`maskwell restore`: a text with tokens goes in, the real values come back."""

from typing import TYPE_CHECKING, Annotated

import typer

from maskwell.cli.file_copies import copy_back, is_copy
from maskwell.cli.inputs import read_batches, read_input
from maskwell.cli.options import AsJson, AsJsonLines, Out, Scope, one_of, session_of
from maskwell.cli.outputs import json_line, open_output, write_out
from maskwell.cli.receipts import tell_receipt
from maskwell.cli.revealing import Purpose, Reveal, Showing, showing

if TYPE_CHECKING:
    from maskwell.shield import Shield

__all__ = ["restore"]


def restore(
    context: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A text file; - or none is standard input.")
    ] = "-",
    *,
    output: Out = None,
    scope: Scope = None,
    receipt: Annotated[
        bool, typer.Option("--receipt", help="Write what was done to standard error, as JSON.")
    ] = False,
    as_json_lines: AsJsonLines = False,
    as_json: AsJson = False,
    reveal: Reveal = False,
    purpose: Purpose = None,
) -> None:
    """Put the real values of a scope back in place of its tokens.

    What does not belong to the scope stays as it is and is named on the receipt. On a terminal
    guarded values stay masked unless they are revealed.
    """
    one_of(json=as_json, jsonl=as_json_lines)
    shown = showing(reveal=reveal, purpose=purpose, output=output)
    session = session_of(context)
    is_reader = not shown.reveals
    chosen = scope or session.settings.default.scope
    if as_json_lines:
        with session.open(read_only=is_reader) as shield:
            _restore_records(shield, file, output, chosen, shown)
        return
    if is_copy(file, output) and not as_json:
        with session.open(read_only=is_reader) as shield:
            shown.before_all(shield, scope=chosen)
            done = copy_back(shield, file, output, chosen, shown)
        tell_receipt(done, in_full=receipt)
        return
    source = read_input(file)
    with session.open(read_only=is_reader) as shield:
        restored = shown.restored(shield, source.text, scope=chosen)
    if as_json:
        line = {"restored": restored.text, "receipt": restored.receipt.as_dict()}
        write_out(output, json_line(line))
    else:
        write_out(output, source.encode(restored.text))
    tell_receipt(restored.receipt, in_full=receipt)


def _restore_records(
    shield: "Shield", file: str, output: str | None, scope: str, shown: Showing
) -> None:
    with open_output(output) as out:
        for batch in read_batches(file):
            for record in batch:
                restored = shown.restored(shield, record.text, scope=scope)
                receipt = restored.receipt.as_dict()
                line = {"id": record.id, "restored": restored.text, "receipt": receipt}
                out.write(json_line(line))
            out.flush()
