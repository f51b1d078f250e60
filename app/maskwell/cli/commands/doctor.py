"""`maskwell doctor`: every path, version and backend, and whether it is healthy."""

from typing import TYPE_CHECKING, Any

import typer

from maskwell.cli.options import AsJson, session_of
from maskwell.cli.tables import show, show_json

if TYPE_CHECKING:
    from maskwell.cli.health import Check

__all__ = ["doctor"]

_COLUMNS = {"state": "", "name": "what", "value": "is", "advice": "do"}


def doctor(context: typer.Context, as_json: AsJson = False) -> None:
    """Show every path, version and backend, and whether it is healthy.

    Needs no passphrase and connects to nothing. Exit code 1 when something is wrong.
    """
    from maskwell.cli.health import all_checks  # noqa: PLC0415  # looks at every package

    checks = all_checks(session_of(context))
    if as_json:
        show_json({"healthy": _is_healthy(checks), "checks": [_fields(one) for one in checks]})
    else:
        rows = [{**_fields(one), "state": "ok" if one.is_healthy else "!!"} for one in checks]
        show(rows, _COLUMNS, as_json=False)
    if not _is_healthy(checks):
        raise typer.Exit(1)


def _is_healthy(checks: "list[Check]") -> bool:
    return all(one.is_healthy for one in checks)


def _fields(check: "Check") -> dict[str, Any]:
    return {
        "name": check.name,
        "value": check.value,
        "healthy": check.is_healthy,
        "advice": check.advice,
    }
