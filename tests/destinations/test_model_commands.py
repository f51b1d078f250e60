"""`maskwell model`, and local models as destinations, through the real program."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from destinations.hub_server import REVISION, HubServer
from maskwell.destinations.local.installing import build_environment, installer, progress_of
from support.tiny_model import TEXT, write_model

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Program = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """Runs the program in a home of its own."""
    passphrase = tmp_path / "passphrase"
    passphrase.write_text("seven quiet otters\n")

    def run(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "maskwell", "--passphrase-file", str(passphrase), *words]
        return subprocess.run(
            command, capture_output=True, text=True, env={**os.environ, **environ}, check=False
        )

    return run


def test_a_model_is_added_used_checked_and_forgotten(program: Program, tmp_path: Path) -> None:
    path = write_model(tmp_path / "Tiny Chat.Q4.gguf")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    program("vault", "init")
    added = program("destination", "add", "here", "--kind", "llama", "--model", str(path))
    listed = json.loads(program("model", "list", "--json").stdout)
    asked = program("ask", "--to", "here", "Write to jane.doe@example.com.")
    verified = program("model", "verify")
    path.write_bytes(path.read_bytes() + b"x")
    changed = program("model", "verify", "Tiny-Chat.Q4")
    refused = program("ask", "--to", "here", "Hello")
    removed = program("model", "remove", "Tiny-Chat.Q4")

    assert added.returncode == 0, added.stderr
    assert [(one["name"], one["sha256"]) for one in listed] == [("Tiny-Chat.Q4", digest)]
    assert (asked.stdout, asked.returncode) == (TEXT + "\n", 0)
    assert verified.returncode == 0
    assert (changed.returncode, refused.returncode) == (7, 7)
    assert "not the file that was added" in refused.stderr
    assert removed.returncode == 0
    assert "used by: here" in removed.stderr
    assert path.exists()


def test_what_is_no_model_is_refused_with_6_and_one_sentence(
    program: Program, tmp_path: Path
) -> None:
    path = write_model(tmp_path / "cut.gguf")
    path.write_bytes(path.read_bytes()[:-5000])
    cut = program("model", "add", str(path))
    path.write_text("hello there, this is a letter and no model at all")
    letter = program("model", "add", str(path))

    assert (cut.returncode, letter.returncode) == (6, 6)
    assert "cut short" in cut.stderr
    assert "no GGUF model file" in letter.stderr


def test_another_file_of_the_same_name_needs_a_word(program: Program, tmp_path: Path) -> None:
    path = write_model(tmp_path / "mine.gguf")
    program("model", "add", str(path))
    write_model(path, reply=("Other",))

    assert program("model", "add", str(path)).returncode == 2
    assert program("model", "add", str(path), "--replace").returncode == 0
    assert program("model", "verify", "mine").returncode == 0


def test_a_model_is_pulled_from_a_hub_at_one_commit(program: Program, tmp_path: Path) -> None:
    data = write_model(tmp_path / "tiny.gguf").read_bytes()
    with HubServer({"tiny.gguf": data}) as hub:
        pulled = program(
            "model", "pull", "acme/tiny", "tiny.gguf", "--revision", REVISION, HF_ENDPOINT=hub.url
        )
    listing = program("model", "list", "--json").stdout

    assert pulled.returncode == 0, pulled.stderr
    (listed,) = json.loads(listing)
    assert listed["sha256"] == hashlib.sha256(data).hexdigest()
    assert listed["source"] == f"acme/tiny@{REVISION}/tiny.gguf"
    assert all("authorization" not in headers for _, _, headers in hub.asked)
    assert {path.partition("?")[0] for _, path, _ in hub.asked} == {
        f"/acme/tiny/resolve/{REVISION}/tiny.gguf"
    }


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        ({"files": {"tiny.gguf": b"<html>"}}, 6, "no GGUF"),
        ({"files": {}}, 5, "The hub has no"),
        ({"files": {"tiny.gguf": b"x" * 99}, "promised": "0" * 64}, 7, "not the file it named"),
    ],
    ids=["not a model", "not there", "not what was promised"],
)
def test_what_a_hub_should_not_send_is_not_kept(
    program: Program, tmp_path: Path, given: dict[str, Any], code: int, words: str
) -> None:
    with HubServer(**given) as hub:
        ran = program(
            "model", "pull", "acme/tiny", "tiny.gguf", "--revision", REVISION, HF_ENDPOINT=hub.url
        )

    assert (ran.returncode, words in ran.stderr) == (code, True), ran.stderr
    assert list((tmp_path / "home" / "models").iterdir()) == []


def test_a_hub_that_is_not_there_is_one_sentence(program: Program) -> None:
    ran = program(
        "model", "pull", "acme/tiny", "tiny.gguf", "--revision", REVISION,
        HF_ENDPOINT="http://127.0.0.1:9",
    )  # fmt: skip

    assert (ran.returncode, "cannot be reached" in ran.stderr) == (5, True), ran.stderr


@pytest.mark.sec
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--offline", "model", "pull", "a/b", "c.gguf", "--revision", REVISION), 5),
        (("model", "pull", "a/b", "c.gguf"), 2),
        (("model", "pull", "a/b", "c.gguf", "--revision", "main"), 2),
        (("model", "pull", "a/b", "../c.gguf", "--revision", REVISION), 2),
        (("model", "pull", "../b", "c.gguf", "--revision", REVISION), 2),
        (("model", "pull", "a/b", "c.bin", "--revision", REVISION), 2),
    ],
)
def test_nothing_is_pulled_offline_or_by_a_name_that_can_change(
    program: Program, words: tuple[str, ...], code: int
) -> None:
    with HubServer({}) as hub:
        ran = program(*words, HF_ENDPOINT=hub.url)

        assert (ran.returncode, hub.asked) == (code, [])


def test_the_engine_tells_that_it_is_there(program: Program) -> None:
    assert json.loads(program("model", "engine", "--json").stdout)["installed"] is True


def test_the_engine_is_built_without_what_is_not_used_and_tells_its_steps() -> None:
    environ = build_environment({"CMAKE_ARGS": "-DGGML_CUDA=ON", "HOME": "/x"})

    assert "-DLLAMA_BUILD_SERVER=OFF" in environ["CMAKE_ARGS"]
    assert environ["CMAKE_ARGS"].endswith("-DGGML_CUDA=ON")
    assert installer()[0]
    assert progress_of("  [37/212] Building CXX object ggml/x.o") == (
        "building the engine: step 37 of 212"
    )
    assert progress_of("Successfully installed llama_cpp_python-0.3.36") == "installed"
    assert progress_of("Using cached foo") == ""
