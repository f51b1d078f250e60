"""`maskwell` and `python -m maskwell`: hand the arguments over, and be quick about `--version`."""

from __future__ import annotations

import os
import sys

__all__ = ["main"]


def main() -> int:
    """Run Maskwell with the process's arguments and return its exit code."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        from maskwell import __version__  # noqa: PLC0415  # nothing else may load for it

        sys.stdout.write(f"maskwell {__version__}\n")
        return 0
    if arguments[:1] == ["--resident"]:
        from maskwell.cli.resident import live  # noqa: PLC0415  # the agent's own process

        return live(int(arguments[1]))
    try:
        from maskwell.agent.relay import relayed  # noqa: PLC0415  # the short way

        if (code := relayed(arguments)) is not None:
            os._exit(code)  # nothing is left to be done, and doing it would take time
        from maskwell.cli.main import run  # noqa: PLC0415  # loads typer
    except KeyboardInterrupt:
        return 130
    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
