"""The only door between the user and a destination.

`Shield` plans, previews, applies, sends and restores. Nothing else in Maskwell may call a
destination, and no byte leaves before the egress rescan has passed it and the ledger has it.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, cast

from maskwell import destinations
from maskwell.config.rules import refuse_flawed
from maskwell.masking import Protected, Restored, Restorer, StreamRestorer, protect
from maskwell.masking.linking import join_surfaces
from maskwell.policy import Reach, load_policy
from maskwell.shield.destination_keys import key_of, refuse_proxy
from maskwell.shield.disclosure import digest_of
from maskwell.shield.foreseeing import OnFound, read_all
from maskwell.shield.guarding import inspected, refuse_suspicious, set_apart
from maskwell.shield.knowledge import ScopeIndex, check_egress, known_findings, lexicon_of
from maskwell.shield.limiting import Meter
from maskwell.shield.opening import OpenVault
from maskwell.shield.plan import Plan, PlanItem
from maskwell.shield.refusing import refusals_noted
from maskwell.shield.residency import check_residency
from maskwell.shield.sending import Exchange

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from maskwell.destinations import Destination
    from maskwell.detection import Finding
    from maskwell.entity_types import EntityType
    from maskwell.policy import Policy
    from maskwell.shield.guarding import Data
    from maskwell.shield.reply import Reply
    from maskwell.shield.sending import Message
    from maskwell.vault import Scope

__all__ = ["DEFAULT_SCOPE", "Shield"]

DEFAULT_SCOPE = "default"


class Shield(OpenVault):
    """An open vault with everything that guards what leaves it. A context manager.

    One shield serves one process; its methods may be called from several threads.
    """

    # -- on the way out ---------------------------------------------------------------

    def plan(
        self,
        text: str,
        *,
        scope: str = DEFAULT_SCOPE,
        policy: str | Policy | None = None,
        destination: str | None = None,
        data: Sequence[Data] | None = None,
        found: Sequence[Finding] | None = None,
    ) -> Plan:
        """Return what would be done to `text` on its way to `destination`.

        Nothing is written. `destination` is a configured name, or a reach word (`local`,
        `trusted`, `remote`) to plan for a class of destinations. With `data`, the stretches
        the user did not write (none: `()`), the guard inspects the text too; a policy that
        quotes what is suspicious has its lines in the plan's text. `found` is what detection
        found in `text`, where that is known already; it goes with no `data`.

        Raises:
            UnknownName: no such policy or destination.
        """
        name, reach = self._target(destination)
        chosen = self.policy(policy)
        plan = inspected(Plan(text, scope, chosen, name, reach), data, self._reader.inspect)
        all_found = self._findings(plan.text, scope, found)
        items = (_decided(finding, chosen, name, reach) for finding in all_found)
        return replace(plan, items=tuple(items))

    def found_in(
        self,
        texts: Sequence[str],
        on_found: OnFound = lambda _some, _of: None,
        *,
        nameless: Collection[str] = (),
    ) -> dict[str, list[Finding]]:
        """Return what detection finds in each of many texts, read on all cores.

        Args:
            texts: each different one is read once.
            on_found: told how many texts of how many have been read.
            nameless: those that the name model need not read.
        """
        lexicon, reader = lexicon_of(self.vault), self._reader
        named = [text for text in texts if text not in nameless]
        plain = [text for text in dict.fromkeys(texts) if text in nameless]
        found = read_all(named, lambda some: reader.detect_all(some, lexicon), on_found)
        return found | dict(zip(plain, reader.detect_all(plain, lexicon, names=False), strict=True))

    @contextmanager
    def foreseen(
        self, texts: Sequence[str], on_found: OnFound = lambda _some, _of: None
    ) -> Iterator[None]:
        """Find now what planning these texts within the block will ask for, each once.

        For many texts in one transaction: while it lasts nobody else can write. `on_found` is
        told how many texts of how many have been read.
        """
        lexicon, reader = lexicon_of(self.vault), self._reader
        with self._foreseen.ahead(texts, lambda some: reader.detect_all(some, lexicon), on_found):
            yield

    def quoted(self, plan: Plan) -> Plan:
        """Return a new plan in which the suspicious stretches are set apart as data."""
        return self.plan(
            set_apart(plan, self._reader.inspect).text,
            scope=plan.scope,
            policy=plan.policy,
            destination=plan.destination,
            data=(),
        )

    def preview(self, plan: Plan) -> Protected:
        """Return exactly what `apply` would give, and leave nothing in the vault."""
        with self.vault.rehearsal():
            return self._protected(plan)

    def apply(self, plan: Plan) -> Protected:
        """Carry the plan out: mint the tokens it needs and return the protected text.

        Raises:
            BlockedByPolicy: an item's action is block, or the policy blocks what the guard
                found; nothing was written.
        """
        blocked = {str(one.finding.entity_type) for one in plan.items if one.action == "block"}
        with refusals_noted(self.vault, plan.destination, cause="policy", types=blocked):
            refuse_suspicious(plan)
            with self.vault.transaction():
                return self._protected(plan)

    def protect(
        self,
        text: str,
        *,
        scope: str = DEFAULT_SCOPE,
        policy: str | Policy | None = None,
        destination: str | None = None,
    ) -> Protected:
        """Plan and apply in one step, without a review."""
        return self.apply(self.plan(text, scope=scope, policy=policy, destination=destination))

    def send(
        self,
        messages: Sequence[Message],
        *,
        scope: str,
        policy: str,
        destination: str,
        conversation_id: int | None = None,
        on_screen: bool = False,
    ) -> Reply:
        """Send the messages and return the reply, which is restored as it streams.

        The last message is new; the ones before it were sent earlier and are replayed byte
        for byte. Nothing is sent until the reply is first read. Each attempt's exact bytes
        are in the ledger before they leave.

        Raises:
            ResidencyRefused: the policy lets text go elsewhere only; nothing was connected to.

        Raises (from reading the reply):
            BlockedByPolicy: the egress rescan found a known value; nothing was sent.
            DestinationError: as its subclass says; the ledger tells how far it got.
        """
        where = self.vault.scopes.ensure(scope)
        self.check_residency(policy, destination)
        exchange = Exchange(
            self.vault,
            self.destination(destination),
            messages,
            index=self.index(where),
            scope=where,
            policy=policy,
            conversation_id=conversation_id,
            guarded=self._guarded(on_screen=on_screen),
            detect=self._detect,
            meter=Meter(self.vault, self.settings.destination(destination)),
        )
        return exchange.reply()

    def hand_over(
        self,
        protected: Protected,
        *,
        destination: str,
        conversation_id: int | None = None,
        policy: Policy | None = None,
    ) -> int:
        """Record that the user is about to carry `protected` elsewhere; return the entry's id.

        The caller copies or prints the text and then settles the entry with the ledger's
        `finish`.

        Raises:
            BlockedByPolicy: the egress rescan found a known value, or the policy lets text go
                elsewhere only.
        """
        scope = self.vault.scopes.get(protected.scope)
        if policy is not None:
            self.check_residency(policy, destination)
        with refusals_noted(self.vault, destination, cause="egress"):
            check_egress(self.index(scope), protected.kept, protected.text)
        body = protected.text.encode("utf-8", "surrogatepass")
        return self.vault.ledger.begin(
            destination=destination,
            reach=Reach.REMOTE.value,
            model="",
            scope=scope,
            conversation_id=conversation_id,
            policy=protected.policy,
            kept=protected.kept,
            byte_count=len(body),
            digest=digest_of(body),
        )

    def check_residency(self, policy: str | Policy, destination: str) -> None:
        """Refuse a destination outside the hosts and regions that the policy names.

        Raises:
            ResidencyRefused: it is; nothing was connected to.
            UnknownName: no such destination.
        """
        settings = self.settings.destination(destination)
        with refusals_noted(self.vault, destination, cause="residency"):
            check_residency(self.policy(policy), settings)

    # -- on the way back --------------------------------------------------------------

    def restore(
        self, text: str, *, scope: str, on_screen: bool = False, is_stored: bool = False
    ) -> Restored:
        """Put the real values of `scope` back into `text`.

        A text that is stored (`is_stored`) holds tokens only, and nothing else in it is read.

        On a screen the values of guarded types stay masked, as in `[CARD_1QX ••••]`: their
        spans are in the result, their tokens on its receipt, and `reveal` gives each of them.

        Raises:
            UnknownName: there is no such scope.
        """
        guarded = self._guarded(on_screen=on_screen)
        where = self.vault.scopes.get(scope)
        return Restorer(self.vault, where, guarded=guarded, is_stored=is_stored).restore(text)

    def restore_arguments(self, arguments: str, *, scope: str, leaves: bool) -> Restored:
        """Put real values into the JSON arguments of a tool call, escaped as JSON asks.

        Where the tool is not on this machine (`leaves`) nothing is put back; the receipt names
        what was withheld.
        """
        where = self.vault.scopes.get(scope)
        return Restorer(self.vault, where, is_leaving=leaves).restore(arguments)

    def restorer(self, *, scope: str, on_screen: bool = False) -> StreamRestorer:
        """Return a restorer for text that arrives in pieces: feed(chunk) -> str, close() -> str."""
        guarded = self._guarded(on_screen=on_screen)
        return StreamRestorer(self.vault, self.vault.scopes.get(scope), guarded=guarded)

    def reveal(self, token: str, *, scope: str, purpose: str) -> str:
        """Return what a token stands for, once the audit trail says that it was asked for.

        Args:
            token: the token as it stands in text, such as `[CARD_1QX]`.
            scope: the token's scope.
            purpose: why, in a few words, without the value.

        Raises:
            UnknownName: the token stands for nothing in this scope.
            UsageError: the purpose is empty, too long, or holds the value.
            VaultBusy: the vault was opened for reading, where nothing can be recorded.
        """
        return self.vault.guard.reveal_token(self.vault.scopes.get(scope), token, purpose=purpose)

    # -- what there is ----------------------------------------------------------------

    def policy(self, policy: str | Policy | None = None) -> Policy:
        """Return a policy by name or path; the configured one by default."""
        if policy is not None and not isinstance(policy, str):
            return policy
        loaded = load_policy(policy or self.settings.default.policy, home=self.home)
        when = self.settings.review.when
        if when == "policy":
            return loaded
        return replace(
            loaded, review=cast("Literal['always', 'uncertain', 'not-local', 'never']", when)
        )

    def destination_names(self) -> list[str]:
        """Return the configured destinations, the clipboard first."""
        return list(self.settings.destinations)

    def destination(self, name: str) -> Destination:
        """Build a destination with its key from the vault.

        Raises:
            UnknownName: no such destination.
            ConfigError: its key would be shown to a proxy, or nothing may go to its address.
            OfflineRefused: it is not on this machine and offline mode is on.
        """
        settings = self.settings.destination(name)
        refuse_flawed(settings)
        key = key_of(self.vault.credentials, name, settings.base_url)
        if key is not None:
            refuse_proxy(settings)
        return destinations.build(
            settings,
            key=key,
            offline=self.offline,
            models=self.settings.models,
            home=self.home,
        )

    def index(self, scope: Scope) -> ScopeIndex:
        """Return the search for what a scope knows; it is kept while the shield is open."""
        return self._indexes.setdefault(scope.id, ScopeIndex(self.vault, scope, self._reader))

    # -- steps ------------------------------------------------------------------------

    def _guarded(self, *, on_screen: bool) -> frozenset[EntityType]:
        return self.vault.guard.types() if on_screen else frozenset()

    def _target(self, destination: str | None) -> tuple[str, Reach]:
        name = destination or self.settings.default.destination
        if name in {reach.value for reach in Reach}:
            return name, Reach(name)
        return name, Reach(self.settings.destination(name).reach)

    def _protected(self, plan: Plan) -> Protected:
        scope = self.vault.scopes.ensure(plan.scope)
        for entity_type, surface, other in plan.same:
            join_surfaces(self.vault, scope, entity_type, surface, other)
        decided = [(item.finding, item.action, item.to) for item in plan.items]
        return protect(self.vault, scope, plan.text, decided, policy=plan.policy.name)

    def _detect(self, text: str) -> list[Finding]:
        return self._reader.detect(text, lexicon_of(self.vault))

    def _findings(
        self, text: str, scope: str, found: Sequence[Finding] | None = None
    ) -> list[Finding]:
        lexicon = lexicon_of(self.vault)
        if found is None:
            found = self._foreseen.take(text)
        if found is None:
            found = self._reader.detect(text, lexicon)
        if scope in {one.name for one in self.vault.scopes.all()}:
            index = self.index(self.vault.scopes.get(scope))
            found = [*found, *known_findings(index, text, found, lexicon.ignored)]
        return sorted(found, key=lambda one: one.start)


def _decided(finding: Finding, policy: Policy, destination: str, reach: Reach) -> PlanItem:
    decision = policy.decide(
        finding.entity_type, finding.subtype, destination=destination, reach=reach
    )
    return PlanItem(finding, decision.action, decision.rule_index, to=decision.to)
