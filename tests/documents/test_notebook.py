"""Notebooks: sources are text, everything that ran or was noted is left out."""

from __future__ import annotations

import json

import nbformat
import pytest

from maskwell.documents import open_document, sanitise
from maskwell.errors import InputUnreadable

NAME = "Jane Q. Doeberry"


def notebook(**others: object) -> bytes:
    code = {
        "cell_type": "code",
        "source": ["who = 'Jane Q.", " Doeberry'\n", "print(who)"],
        "execution_count": 3,
        "id": NAME,
        "metadata": {"tags": [NAME]},
        "outputs": [
            {"output_type": "stream", "name": "stdout", "text": NAME},
            {"output_type": "error", "ename": "E", "evalue": NAME, "traceback": [NAME]},
        ],
    }
    note = {
        "cell_type": "markdown",
        "source": f"# Met {NAME}",
        "metadata": {},
        "attachments": {"a.png": {"image/png": "aGVsbG8="}},
    }
    held = {
        "cells": [code, note, {"cell_type": "raw", "source": NAME, "metadata": {}}],
        "metadata": {
            "kernelspec": {"name": NAME, "display_name": NAME},
            "language_info": {"name": "python", "version": "3"},
            "authors": [{"name": NAME}],
        },
        "nbformat": 4,
        "nbformat_minor": 4,
    }
    return json.dumps(held | others).encode()


@pytest.mark.sec
def test_office_r36_a_person_in_every_corner_of_a_notebook_is_gone(keeper):
    safe = keeper.sanitised(notebook(), f"{NAME}.ipynb")

    held = nbformat.reads(safe.data.decode(), as_version=4)
    nbformat.validate(held)
    assert b"Doeberry" not in safe.data
    assert safe.name == "[PERSON_0QX].ipynb"
    assert [cell.source for cell in held.cells] == [
        "who = '[PERSON_0QX]'\nprint(who)",
        "# Met [PERSON_0QX]",
        "[PERSON_0QX]",
    ]
    assert held.cells[0].outputs == []
    assert dict(held.metadata) == {"language_info": {"name": "python"}}
    assert safe.dropped == ("outputs of cells", "attachments of cells", "metadata of cells")


def test_cells_come_back(keeper):
    back = json.loads(keeper.restored(keeper.sanitised(notebook(), "a.ipynb")).data)

    assert back["cells"][0]["source"] == "who = 'Jane Q. Doeberry'\nprint(who)"


def test_structure_is_not_handed_out_as_text():
    texts = [one.text for one in open_document(notebook(), "a.ipynb").segments]

    assert texts == [
        "cell-0",
        "who = 'Jane Q. Doeberry'\nprint(who)",
        "cell-1",
        f"# Met {NAME}",
        "cell-2",
        NAME,
        "python",
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"{",
        b"[]",
        b'{"cells": 3, "nbformat": 4}',
        b'{"worksheets": [], "nbformat": 3}',
        notebook(nbformat=3),
        notebook(cells=[{"cell_type": "widget", "source": ""}]),
        notebook(cells=[{"cell_type": "code", "source": [3]}]),
    ],
)
def test_what_is_no_notebook_of_version_4_is_refused(data):
    with pytest.raises(InputUnreadable):
        open_document(data, "a.ipynb")


@pytest.mark.sec
def test_office_r36_outputs_that_were_asked_for_are_plain_text_without_people(keeper):
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": [f"met {NAME}\n", "twice"]},
        {
            "output_type": "execute_result", "execution_count": 3, "metadata": {"x": NAME},
            "data": {"text/plain": f"'{NAME}'", "text/html": f"<b>{NAME}</b>", "image/png": "aGk="},
        },
        {"output_type": "display_data", "metadata": {}, "data": {"image/png": "aGVsbG8="}},
        {
            "output_type": "error", "ename": "KeyError", "evalue": NAME,
            "traceback": [
                "\x1b[0;31mJane \x1b[38:5:1mQ. Doe\x1b[?25lb\x08berry\x1b]8;;x\x07\x1b[1m",
                f"line of {NAME}",
            ],
        },
    ]  # fmt: skip
    cell = {"cell_type": "code", "source": "who", "metadata": {}, "outputs": outputs}

    safe = sanitise(
        notebook(cells=[cell]), "a.ipynb", protect=keeper.protect,
        known_values=lambda: keeper.values, keeps=["outputs"],
    )  # fmt: skip

    held = nbformat.reads(safe.data.decode(), as_version=4)
    nbformat.validate(held)
    stream, result, error = held.cells[0].outputs
    assert b"oeberry" not in safe.data
    assert stream.text == "met [PERSON_0QX]\ntwice"
    assert result.data == {"text/plain": "'[PERSON_0QX]'"}
    assert error.traceback == ["[PERSON_0QX]", "line of [PERSON_0QX]"]
    assert "outputs that are no plain text of cells" in safe.dropped


def test_kept_outputs_come_back_with_their_people(keeper):
    output = {"output_type": "stream", "name": "stdout", "text": f"met {NAME}"}
    cell = {"cell_type": "code", "source": "who", "metadata": {}, "outputs": [output]}
    safe = sanitise(
        notebook(cells=[cell]), "a.ipynb", protect=keeper.protect,
        known_values=lambda: keeper.values, keeps=["outputs"],
    )  # fmt: skip

    held = json.loads(keeper.restored(safe).data)

    assert held["cells"][0]["outputs"][0]["text"] == f"met {NAME}"
