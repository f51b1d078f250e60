"""Building and installing the engine for local models, once, when the user asks.

llama.cpp is published as source for this language and is compiled here, which takes minutes;
the installer keeps the built wheel in its cache, so a second installation is quick.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from maskwell.errors import DestinationUnreachable, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["REQUIREMENTS", "build_environment", "install", "installer", "progress_of"]

REQUIREMENTS = ("llama-cpp-python>=0.3.9,<0.4", "huggingface-hub>=1")
_LEFT_OUT = (
    "LLAVA_BUILD", "MTMD_BUILD", "LLAMA_BUILD_TOOLS", "LLAMA_BUILD_EXAMPLES",
    "LLAMA_BUILD_TESTS", "LLAMA_BUILD_SERVER", "LLAMA_CURL",
)  # fmt: skip
"""Parts of llama.cpp that Maskwell has no use for, and that take most of the time to build."""
_STEP = re.compile(r"\[(\d+)/(\d+)\]")


def installer() -> list[str]:
    """Return the command that installs into this Python, without the packages.

    Raises:
        UsageError: there is neither pip nor uv.
    """
    if importlib.util.find_spec("pip") is not None:
        # With -v the build's own steps are told, which progress is read from.
        return [sys.executable, "-m", "pip", "install", "-v", "--no-input"]
    if uv := shutil.which("uv"):
        return [uv, "pip", "install", "-v", "--python", sys.executable]
    raise UsageError(
        "There is no installer here; install these with your own: " + " ".join(REQUIREMENTS) + "."
    )


def build_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment to build in: the user's, without the parts that are not used."""
    unused = " ".join(f"-D{name}=OFF" for name in _LEFT_OUT)
    return {**environ, "CMAKE_ARGS": f"{unused} {environ.get('CMAKE_ARGS', '')}".strip()}


def progress_of(line: str) -> str:
    """Return what one line of the installer's output says in a few words, "" for nothing."""
    if step := _STEP.search(line):
        return f"building the engine: step {step.group(1)} of {step.group(2)}"
    for word, said in (
        ("Downloading", "downloading"),
        ("Installing collected packages", "installing"),
        ("Successfully installed", "installed"),
    ):
        if word in line:
            return said
    return ""


def install(tell: Callable[[str], None]) -> None:
    """Install the engine, telling how far it is.

    Raises:
        UsageError: there is no installer.
        DestinationUnreachable: it failed; the last words of the installer are in the sentence.
    """
    last = ""
    with subprocess.Popen(
        [*installer(), *REQUIREMENTS],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=build_environment(os.environ),
        text=True,
        errors="replace",
    ) as process:
        assert process.stdout is not None  # noqa: S101  # a pipe was asked for
        for line in process.stdout:
            last = line.strip() or last
            if said := progress_of(line):
                tell(said)
    if process.returncode != 0:
        raise DestinationUnreachable(
            f"The engine was not installed ({last[:200]}); it needs a C++ compiler, CMake's "
            "requirements and the package index."
        )
    importlib.invalidate_caches()
