"""`maskwell vault unlock|lock`: one process that keeps the vault unlocked for the others."""

from typing import TYPE_CHECKING, Annotated

import typer

from maskwell.cli.commands.vault import app
from maskwell.cli.options import session_of
from maskwell.cli.terminal import say

if TYPE_CHECKING:
    from maskwell.cli.session import Session

__all__ = ["lock", "unlock"]


@app.command()
def unlock(
    context: typer.Context,
    idle: Annotated[
        float | None,
        typer.Option(
            "--idle",
            metavar="MINUTES",
            min=0,
            max=1440,
            help="Lock after so many minutes without use; 0 is never (default: the setting "
            "vault.auto_lock_minutes).",
        ),
    ] = None,
) -> None:
    """Unlock the vault once, for every command and the app, until it is locked.

    A process of yours stays behind that holds the key in memory and the detector ready. It
    locks when nobody used it for a while, when the machine was asleep, and on
    `maskwell vault lock`.
    """
    from maskwell.agent.client import Starting, agent_status  # noqa: PLC0415  # loads the vault
    from maskwell.cli.unlocking import refuse_missing  # noqa: PLC0415  # likewise

    session = session_of(context)
    refuse_missing(session.home)
    if agent_status(session.home) is not None:
        say("The vault is unlocked already; to begin anew, lock it first: maskwell vault lock.")
        return
    minutes = session.settings.vault.auto_lock_minutes if idle is None else idle
    with Starting(session.home, minutes * 60) as agent:
        agent.hand_over(_proved_key(session))
    when = f"after {minutes:g} minutes without use, or " if minutes else ""
    say(f"The vault is unlocked; it locks {when}with: maskwell vault lock.")


def _proved_key(session: "Session"):  # type: ignore[no-untyped-def]
    """Return the key of a vault that it has just opened, every check included."""
    from maskwell.cli.unlocking import unlocked  # noqa: PLC0415  # loads SQLCipher
    from maskwell.vault import Vault  # noqa: PLC0415  # likewise

    session.uses_agent = False
    found = unlocked(session)
    with Vault.open_unlocked(session.home, found.key, how=found.how) as vault:
        return vault.copy_key()


@app.command()
def lock(context: typer.Context) -> None:
    """Lock the vault: drop the key, and end what the agent was doing."""
    from maskwell.agent.client import lock_agent  # noqa: PLC0415  # loads the vault

    was_there = lock_agent(session_of(context).home)
    say("The vault is locked." if was_there else "The vault was locked already.")
