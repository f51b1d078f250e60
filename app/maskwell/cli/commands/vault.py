"""`maskwell vault`: make it, look at it, check it."""

from typing import Any

import typer

from maskwell.cli.options import AsJson, session_of
from maskwell.cli.tables import show_json
from maskwell.cli.terminal import say
from maskwell.errors import IntegrityError, VaultExists

__all__ = ["app"]

app = typer.Typer(
    help="The encrypted place where real values are kept.",
    rich_markup_mode=None,
    no_args_is_help=True,
)


@app.command()
def init(context: typer.Context) -> None:
    """Make the vault. The passphrase is asked for twice, or read as given."""
    from maskwell.shield import Shield  # noqa: PLC0415  # loads the vault

    session = session_of(context)
    if session.has_vault:
        raise VaultExists(f"There is a vault in {session.home.root} already; it was left alone.")
    Shield.create(session.home.root, session.passphrase.choose()).close()
    say(f"The vault is in {session.home.root}. Without its passphrase nobody can open it.")


@app.command()
def status(context: typer.Context, as_json: AsJson = False) -> None:
    """Show where the vault is and how it is locked; needs no passphrase."""
    from maskwell.vault.header import read_header  # noqa: PLC0415  # loads the vault

    session = session_of(context)
    facts: dict[str, Any] = {"home": str(session.home.root), "exists": session.has_vault}
    if facts["exists"]:
        header = read_header(session.home.header)
        facts["schema"] = header.schema
        facts["slots"] = [slot.kind for slot in header.slots]
        facts["bytes"] = session.home.vault.stat().st_size if session.home.vault.exists() else 0
    if as_json:
        show_json(facts)
    elif not facts["exists"]:
        typer.echo(f"no vault in {facts['home']}; make one with: maskwell vault init")
    else:
        typer.echo(f"home    {facts['home']}")
        typer.echo(f"size    {facts['bytes']:,} bytes, schema {facts['schema']}")
        typer.echo(f"opens   with: {', '.join(facts['slots'])}")


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
