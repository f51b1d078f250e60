"""Starting quickly, and with nothing that is not needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = "presidio_analyzer spacy onnxruntime tokenizers openai httpx textual sqlcipher3 numpy"

LOADED = """
import sys
sys.argv = ["maskwell", *{arguments!r}]
from maskwell.__main__ import main
try:
    main()
except SystemExit:
    pass
print("LOADED", *sorted({{name.partition(".")[0] for name in sys.modules}}))
"""


def loaded(*arguments: str) -> set[str]:
    script = LOADED.format(arguments=list(arguments))
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return set(done.stdout.rpartition("LOADED")[2].split())


def test_the_version_loads_nothing_but_maskwell() -> None:
    modules = loaded("--version")

    assert not modules & {*HEAVY.split(), "typer", "rich", "argparse", "platformdirs"}


@pytest.mark.parametrize("arguments", [["-h"], ["redact", "-h"], ["destination", "list"]])
def test_help_and_lists_load_no_engine(arguments: list[str]) -> None:
    assert not loaded(*arguments) & set(HEAVY.split())


def test_the_version_is_data() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "maskwell", "--version"], capture_output=True, text=True, check=True
    )

    assert done.stdout.startswith("maskwell ")
    assert done.stderr == ""


def test_the_version_after_other_options_is_the_same() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "maskwell", "--offline", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.startswith("maskwell ")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_there_for_the_shell(shell: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "maskwell"],
        env={"_MASKWELL_COMPLETE": f"source_{shell}", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert "_MASKWELL_COMPLETE" in done.stdout


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("maskwell redact --policy st", ["strict"]),
        ("maskwell redact --for re", ["remote"]),
        ("maskwell ask --to cl", ["clipboard"]),
        ("maskwell hist", ["history"]),
    ],
)
def test_the_shell_completes_names(words: str, completed: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "maskwell"],
        env={
            "_MASKWELL_COMPLETE": "complete_bash",
            "COMP_WORDS": words,
            "COMP_CWORD": str(words.count(" ")),
            "MASKWELL_HOME": "/nowhere",
            "PATH": "/usr/bin:/bin",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout.split() == completed
