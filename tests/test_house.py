"""What the import contracts cannot say: what is loaded when, and what nobody may import."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

_PACKAGE = Path(__file__).parents[1] / "app" / "maskwell"
_NETWORK = {"ftplib", "http", "smtplib", "socketserver", "urllib.request", "xmlrpc"}


def loaded_by(statement: str) -> set[str]:
    code = f"{statement}\nimport sys\nprint(' '.join(m.partition('.')[0] for m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_shield_loads_no_screen_and_nothing_heavy() -> None:
    loaded = loaded_by("import maskwell.shield")

    assert not loaded & {"textual", "typer", "presidio_analyzer", "spacy", "onnxruntime", "openai"}


def test_the_package_itself_loads_next_to_nothing() -> None:
    loaded = loaded_by("import maskwell; maskwell.__version__")

    assert not loaded & {"pydantic", "numpy", "sqlcipher3", "typer", "textual", "httpx"}


def test_the_shield_is_found_on_the_package() -> None:
    loaded = loaded_by("from maskwell import Shield; assert Shield.__name__ == 'Shield'")

    assert "maskwell" in loaded


@pytest.mark.parametrize("path", sorted(_PACKAGE.rglob("*.py")), ids=lambda path: path.stem)
def test_only_destinations_import_the_standard_librarys_network(path: Path) -> None:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}

    is_destination = "destinations" in path.parts
    assert is_destination or not {n for n in names if n in _NETWORK or n.startswith("http.")}
