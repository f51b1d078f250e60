"""`maskwell policy`: what is done with what is found, and which rule says so."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from maskwell.cli.inputs import read_input
from maskwell.cli.options import AsJson, For, Policy, session_of
from maskwell.cli.outputs import write_out
from maskwell.cli.tables import show, show_json
from maskwell.cli.terminal import say
from maskwell.errors import UsageError

if TYPE_CHECKING:
    from maskwell import policy as policies
    from maskwell.cli.session import Session

__all__ = ["app"]

app = typer.Typer(
    help="What is done with what is found, by destination.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
_COLUMNS = {"name": "name", "title": "title", "default": "default", "description": "in words"}
_TEST_COLUMNS = {
    "line": "line",
    "type": "type",
    "value": "text",
    "action": "action",
    "rule": "decided by",
}


@app.command("list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """List the policies, yours and the shipped ones."""
    from maskwell.policy import load_policy, preset_names  # noqa: PLC0415  # not for help

    session = session_of(context)
    chosen = session.settings.default.policy
    found = [load_policy(name, home=session.home) for name in preset_names(session.home)]
    rows = [
        {
            "name": one.name,
            "title": one.title,
            "description": one.description,
            "default": one.name == chosen,
        }
        for one in found
    ]
    show(rows, _COLUMNS, as_json=as_json)


@app.command("show")
def show_policy(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="Default: the one in force.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show a policy's rules in words, in the order they are tried."""
    from maskwell.policy import describe  # noqa: PLC0415  # not for help

    policy = _policy(session_of(context), name)
    if not as_json:
        typer.echo(describe(policy))
        return
    rules = [
        {
            "types": sorted(map(str, rule.types)),
            "subtypes": sorted(rule.subtypes),
            "destinations": sorted(rule.destinations),
            "action": rule.action.value,
            "to": rule.to,
            "line": rule.line,
        }
        for rule in policy.rules
    ]
    show_json(
        {
            "name": policy.name,
            "title": policy.title,
            "description": policy.description,
            "rules": rules,
            "default": policy.default.value,
            "review": policy.review,
            "without_review": policy.without_review,
            "suspicious": policy.suspicious,
            "hosts": sorted(policy.hosts),
            "regions": sorted(policy.regions),
        }
    )


@app.command("test")
def try_policy(
    context: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A text file; - or none is standard input.")
    ] = "-",
    *,
    destination: For = None,
    name: Policy = None,
    as_json: AsJson = False,
) -> None:
    """Show for each finding in a text what would be done, and which rule decided.

    Needs no vault; changes and keeps nothing.
    """
    from maskwell.detection import shared_detector  # noqa: PLC0415  # loads the recognisers

    session = session_of(context)
    policy = _policy(session, name)
    where, reach = _target(session, destination)
    source = read_input(file)
    rows = []
    _tell_residency(session, policy, where)
    for finding in shared_detector().detect(source.text):
        decision = policy.decide(
            finding.entity_type, finding.subtype, destination=where, reach=reach
        )
        rows.append(
            {
                "type": finding.entity_type.value,
                "subtype": finding.subtype,
                "start": finding.start,
                "end": finding.end,
                "line": source.text.count("\n", 0, finding.start) + 1,
                "value": source.text[finding.start : finding.end],
                "action": decision.action.value,
                "to": decision.to,
                "rule": _decided_by(policy, decision.rule_index),
            }
        )
    show(rows, _TEST_COLUMNS, as_json=as_json, empty="Nothing private was found.")


def _decided_by(policy: "policies.Policy", rule: int | None) -> str:
    if rule is None:
        return "the default"
    line = policy.rules[rule].line
    return f"rule {rule + 1} (line {line})" if line else f"rule {rule + 1}"


def _tell_residency(session: "Session", policy: "policies.Policy", destination: str) -> None:
    """Say on stderr when the policy would let nothing go there at all."""
    from maskwell.errors import ResidencyRefused  # noqa: PLC0415  # not for help
    from maskwell.shield.residency import check_residency  # noqa: PLC0415  # not for help

    settings = session.settings.destinations.get(destination)
    if settings is None:
        return
    try:
        check_residency(policy, settings)
    except ResidencyRefused as refused:
        say(str(refused))


@app.command()
def init(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What to call your policy.")],
    base: Annotated[
        str, typer.Option("--from", metavar="NAME", help="The shipped policy to start from.")
    ] = "everyday",
) -> None:
    """Write a policy file of your own, to be edited; it starts as a copy of another."""
    from maskwell.paths import asset  # noqa: PLC0415  # not for help

    session = session_of(context)
    if not name.replace("_", "").replace("-", "").isalnum():
        raise UsageError(f'"{name}" cannot name a policy: letters, digits, _ and - only.')
    _policy(session, base)
    own = session.home.policies / f"{base}.toml"
    source = own if own.is_file() else asset("policies", f"{base}.toml")
    target = session.home.policies / f"{name}.toml"
    if target.exists():
        raise UsageError(f'There is a policy "{name}" already; edit {target}.')
    session.home.make()
    target.parent.mkdir(mode=0o700, exist_ok=True)
    write_out(str(target), source.read_bytes())
    say(f"Edit {target}, then try it with: maskwell policy test FILE --policy {name}")


def _policy(session: "Session", name: str | None) -> "policies.Policy":
    from maskwell.policy import load_policy  # noqa: PLC0415  # not for help

    return load_policy(name or session.settings.default.policy, home=session.home)


def _target(session: "Session", destination: str | None) -> tuple[str, Any]:
    """Return a destination's name and reach; a word of reach stands for all of that reach."""
    from maskwell.policy import Reach  # noqa: PLC0415  # not for help

    name = destination or session.settings.default.destination
    if name in {reach.value for reach in Reach}:
        return name, Reach(name)
    return name, Reach(session.settings.destination(name).reach)
