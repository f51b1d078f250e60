"""`maskwell scan`: what is private in a text. Needs no vault and keeps nothing."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maskwell.cli.inputs import read_batches, read_input
from maskwell.cli.options import AsJson, AsJsonLines, Files, files_or_stdin, one_of
from maskwell.cli.outputs import json_line
from maskwell.cli.tables import show, show_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maskwell.cli.inputs import TextInput
    from maskwell.detection import Detector, Finding

__all__ = ["finding_fields", "scan"]

FOUND = 1
_COLUMNS = {"place": "where", "type": "type", "value": "text", "score": "score"}
_EXPLAINED = {**_COLUMNS, "recognizer": "found by", "reason": "why"}


def scan(
    files: Files = None,
    as_json: AsJson = False,
    as_json_lines: AsJsonLines = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say what matched and which checks passed.")
    ] = False,
    fail: Annotated[
        bool, typer.Option("--fail", help="End with exit code 1 when anything is found.")
    ] = False,
) -> None:
    """Show what is private in a text, without changing anything.

    Needs no vault. Offsets are characters of the text as given.
    """
    from maskwell.detection import shared_detector  # noqa: PLC0415  # loads the recognisers

    one_of(json=as_json, jsonl=as_json_lines)
    names = files_or_stdin(files)
    if as_json_lines:
        count = _scan_records(names, shared_detector(), explain=explain)
    else:
        inputs = [read_input(name) for name in names]
        count = _scan_texts(inputs, shared_detector(), as_json=as_json, explain=explain)
    if fail and count:
        raise typer.Exit(FOUND)


def finding_fields(finding: "Finding", *, explain: bool = False) -> dict[str, Any]:
    """Return a finding as every JSON output writes it; the value itself is not in it."""
    fields: dict[str, Any] = {
        "type": finding.entity_type.value,
        "start": finding.start,
        "end": finding.end,
        "score": round(finding.score, 4),
        "recognizer": finding.recognizer,
    }
    if finding.subtype:
        fields["subtype"] = finding.subtype
    if explain:
        fields["reason"] = finding.reason
    return fields


def _scan_records(names: "Iterable[str]", detector: "Detector", *, explain: bool) -> int:
    count = 0
    for name in names:
        for batch in read_batches(name):
            for record in batch:
                found = [finding_fields(f, explain=explain) for f in detector.detect(record.text)]
                count += len(found)
                sys.stdout.buffer.write(json_line({"id": record.id, "findings": found}))
            sys.stdout.buffer.flush()
    return count


def _scan_texts(
    inputs: "list[TextInput]", detector: "Detector", *, as_json: bool, explain: bool
) -> int:
    found = [(one, detector.detect(one.text)) for one in inputs]
    if as_json:
        objects = [
            {"file": one.name, "findings": [finding_fields(f, explain=explain) for f in findings]}
            for one, findings in found
        ]
        show_json(objects[0] if len(objects) == 1 else objects)
    else:
        rows = [row for one, findings in found for row in _rows(one, findings, len(inputs) > 1)]
        columns = _EXPLAINED if explain else _COLUMNS
        show(rows, columns, as_json=False, empty="Nothing private was found.")
    return sum(len(findings) for _, findings in found)


def _rows(source: "TextInput", findings: "list[Finding]", with_name: bool) -> list[dict[str, Any]]:
    rows = []
    line, line_start, done = 1, 0, 0
    for finding in findings:
        passed = source.text.count("\n", done, finding.start)
        if passed:
            line += passed
            line_start = source.text.rfind("\n", done, finding.start) + 1
        done = finding.start
        place = f"{line}:{finding.start - line_start + 1}"
        rows.append(
            {
                **finding_fields(finding, explain=True),
                "place": f"{source.name}:{place}" if with_name else place,
                "value": source.text[finding.start : finding.end],
            }
        )
    return rows
