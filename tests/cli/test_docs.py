"""The help pages are what the program says about itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_command_lines_page_is_up_to_date() -> None:
    script = ROOT / "scripts" / "docs" / "cli.py"

    done = subprocess.run([sys.executable, str(script), "--check"], check=False)

    assert done.returncode == 0, "write it again with: .venv/bin/python scripts/docs/cli.py"
