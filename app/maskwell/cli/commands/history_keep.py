"""`maskwell history keep`: for how long a scope's chats are kept."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from maskwell.cli.commands.history import app
from maskwell.cli.options import AsJson, session_of
from maskwell.cli.tables import show
from maskwell.cli.terminal import say
from maskwell.errors import UsageError

if TYPE_CHECKING:
    from maskwell.shield import Shield

__all__ = ["keep"]

_COLUMNS = {"scope": "scope", "days": "days", "from": "from"}


@app.command()
def keep(
    context: typer.Context,
    days: Annotated[
        int | None,
        typer.Argument(
            metavar="DAYS", min=1, max=36500, help="Delete a chat so many days after its last use."
        ),
    ] = None,
    *,
    scope: Annotated[
        str | None, typer.Option("--scope", metavar="NAME", help="Whose chats; needs DAYS.")
    ] = None,
    is_default: Annotated[
        bool,
        typer.Option("--default", help="Let the setting history.keep_days count for it again."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show or set for how many days each scope's chats are kept.

    A scope without days of its own follows the setting history.keep_days, where 0 keeps them
    for good. What is too old goes whenever the vault opens.
    """
    if (days is None) == (not is_default) and scope is not None:
        raise UsageError("Give a scope either DAYS or --default.")
    if scope is None and (days is not None or is_default):
        raise UsageError("Say whose chats with --scope; for all, set history.keep_days.")
    with session_of(context).open() as shield:
        if scope is None:
            rows = _rows(shield)
            show(rows, _COLUMNS, as_json=as_json, empty="There are no scopes yet.")
            return
        shield.vault.scopes.set_keep_days(scope, days)
    how = f"for {days} days after their last use" if days else "as history.keep_days says"
    say(f"The chats of {scope} are kept {how}.")


def _rows(shield: "Shield") -> list[dict[str, Any]]:
    rows = []
    for one in shield.vault.scopes.all():
        own = shield.vault.scopes.keep_days(one.name)
        general = shield.settings.history.keep_days or None
        source = "scope" if own else "history.keep_days"
        rows.append({"scope": one.name, "days": own or general, "from": source})
    return rows
