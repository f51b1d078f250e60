"""`maskwell vault`: make it, look at it, check it."""

from typing import TYPE_CHECKING, Any

import typer

from maskwell.cli.options import AsJson, session_of
from maskwell.cli.tables import show_json
from maskwell.cli.terminal import say
from maskwell.errors import IntegrityError, VaultExists

if TYPE_CHECKING:
    from maskwell.paths import Home

__all__ = ["app"]

app = typer.Typer(
    help="The encrypted place where real values are kept.",
    rich_markup_mode=None,
    no_args_is_help=True,
)


@app.command()
def init(context: typer.Context) -> None:
    """Make the vault. The passphrase is asked for twice, or read as given."""
    session = session_of(context)
    if session.has_vault:
        raise VaultExists(f"There is a vault in {session.home.root} already; it was left alone.")
    session.make().close()
    say(f"The vault is in {session.home.root}. Without its passphrase nobody can open it.")


@app.command()
def status(context: typer.Context, as_json: AsJson = False) -> None:
    """Show where the vault is, how it opens and whether it is unlocked; needs no passphrase."""
    from maskwell.vault.header import read_header  # noqa: PLC0415  # loads the vault

    session = session_of(context)
    facts: dict[str, Any] = {"home": str(session.home.root), "exists": session.has_vault}
    if facts["exists"]:
        header = read_header(session.home.header)
        facts["schema"] = header.schema
        facts["slots"] = [slot.kind for slot in header.slots]
        facts["bytes"] = session.home.vault.stat().st_size if session.home.vault.exists() else 0
    facts["agent"] = _agent_facts(session.home)
    if as_json:
        show_json(facts)
    elif not facts["exists"]:
        typer.echo(f"no vault in {facts['home']}; make one with: maskwell vault init")
    else:
        typer.echo(f"home    {facts['home']}")
        typer.echo(f"size    {facts['bytes']:,} bytes, schema {facts['schema']}")
        typer.echo(f"opens   with: {', '.join(facts['slots'])}")
        typer.echo(f"agent   {_agent_words(facts['agent'])}")


def _agent_facts(home: "Home") -> dict[str, Any] | None:
    """Return what the agent says about itself, None when there is none."""
    from maskwell.agent.client import agent_status  # noqa: PLC0415  # loads the vault

    found = agent_status(home)
    if found is None:
        return None
    return {
        "process": found.process,
        "idle_seconds": found.idle_s or None,
        "seconds_left": found.left_s,
        "commands": found.commands,
    }


def _agent_words(facts: dict[str, Any] | None) -> str:
    if facts is None:
        return "none; the vault is locked"
    left = facts["seconds_left"]
    when = "until it is locked" if left is None else f"for {left / 60:.1f} minutes without use"
    return f"process {facts['process']} keeps the vault unlocked, {when}"


@app.command()
def verify(context: typer.Context, as_json: AsJson = False) -> None:
    """Open the vault and check every page of it; exit code 7 when it is damaged."""
    with session_of(context).open() as shield:
        report = shield.vault.verify()
    if as_json:
        show_json(
            {
                "healthy": report.is_healthy,
                "problems": list(report.problems),
                "schema": report.schema,
                "bytes": report.database_bytes,
                "slots": list(report.slots),
                "counts": report.counts,
            }
        )
    else:
        for name, count in report.counts.items():
            typer.echo(f"{name:<14}{count:>10,}")
    if not report.is_healthy:
        raise IntegrityError(f"The vault is damaged: {'; '.join(report.problems)}.")
    say("The vault is whole.")
