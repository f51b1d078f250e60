"""What the settings screen asks of the core: the choices there are, saving one, its effect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maskwell.entity_types import EntityType
from maskwell.errors import ConfigError
from maskwell.policy import Action, Reach
from maskwell.tui.desk import REACH_WORDS
from maskwell.tui.more_themes import all_themes, look_name
from maskwell.tui.samples import SAMPLE

if TYPE_CHECKING:
    from maskwell.masking import Protected
    from maskwell.policy import Policy
    from maskwell.shield import Plan
    from maskwell.tui.desk import Desk

__all__ = ["ACTION_NOTES", "Row", "SettingsDesk"]

_SAMPLE_SCOPE = "sample"
_WHEN = {
    "policy": "as the policy says",
    "always": "always",
    "uncertain": "only when something is uncertain",
    "not-local": "never for this machine",
    "never": "never",
}
_ORIGINALS = (
    ("keep", "kept for a while", "a copy that comes back unchanged brings the whole file back"),
    ("forget", "not kept", "those there are go, too"),
)
_OUTPUTS = (
    ("clear", "left out of the copy", ""),
    ("keep", "protected and kept", ""),
)
ACTION_NOTES = {
    Action.KEEP: "leaves as it is",
    Action.TOKEN: "a token leaves; it comes back",
    Action.SURROGATE: "an invented one leaves; it comes back",
    Action.MASK: "stars leave, for good",
    Action.GENERALISE: "something vaguer leaves, for good",
    Action.HASH: "a code leaves, for good",
    Action.DROP: "nothing leaves, for good",
    Action.BLOCK: "the whole text stays here",
}
_TYPES = tuple(one for one in EntityType if one is not EntityType.LITERAL)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that can be set."""

    id: str
    """`section.key` of a setting, or `type:NAME` of the policy."""
    words: str
    value: str
    choices: tuple[tuple[str, str, str], ...]
    """(value, words, note) of what it can be."""
    note: str = ""


class SettingsDesk:
    """The settings file and the policy in force."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.sample = SAMPLE
        self.reach = Reach(desk.reach)
        """The class of destinations whose rules are looked at."""

    @property
    def policy(self) -> Policy:
        """The policy that is looked at."""
        return self._desk.shield.policy(self._desk.settings.default.policy)

    @property
    def is_own(self) -> bool:
        """Whether the policy is the user's own, or their change of a shipped one."""
        from maskwell.policy.writing import has_own_policy  # noqa: PLC0415  # not at start

        return has_own_policy(self._desk.home, self.policy.name)

    def rows(self) -> list[Row]:
        """Return everything that can be set, as it is now."""
        return [*self._settings(), *self._rules()]

    def _settings(self) -> list[Row]:
        settings = self._desk.settings
        destinations = tuple(
            (one.name, one.name, REACH_WORDS[one.reach]) for one in settings.destinations.values()
        )
        policies = tuple((name, name, title) for name, title in self._desk.policies())
        looks = tuple((one.name, look_name(one.name), "") for one in all_themes(self._desk.home))
        minutes = tuple(
            (str(n), f"{n} minutes" if n else "never", "") for n in (1, 2, 5, 10, 30, 60, 0)
        )
        when = tuple((value, words, "") for value, words in _WHEN.items())
        return [
            Row(
                "default.destination", "New chats go to", settings.default.destination, destinations
            ),
            Row("default.policy", "Policy", settings.default.policy, policies),
            Row("review.when", "Review", settings.review.when, when),
            Row("ui.theme", "Look", settings.ui.theme, looks),
            Row(
                "vault.auto_lock_minutes",
                "Lock by itself after",
                str(settings.vault.auto_lock_minutes),
                minutes,
            ),
            Row(
                "documents.originals",
                "Originals of files",
                settings.documents.originals,
                _ORIGINALS,
            ),
            Row(
                "documents.notebook_outputs",
                "What notebooks printed",
                settings.documents.notebook_outputs,
                _OUTPUTS,
            ),
        ]

    def _rules(self) -> list[Row]:
        policy = self.policy
        choices = tuple((str(one), str(one), note) for one, note in ACTION_NOTES.items())
        return [
            Row(f"type:{one}", str(one), str(self._action(policy, one)), choices) for one in _TYPES
        ]

    def _action(self, policy: Policy, entity_type: EntityType) -> Action:
        return policy.decide(entity_type, destination="", reach=self.reach).action

    # -- changing -----------------------------------------------------------------------

    def set(self, row: Row, value: str) -> str:
        """Save one choice; return what is true of it now, in one sentence.

        Raises:
            ConfigError: it cannot be so; nothing was changed.
        """
        if row.id.startswith("type:"):
            return self._set_action(EntityType(row.id.removeprefix("type:")), Action(value))
        section, _, key = row.id.partition(".")
        typed: str | int = int(value) if key == "auto_lock_minutes" else value
        self._desk.save(section, key, typed)
        now = str(getattr(getattr(self._desk.settings, section), key))
        if now != value:
            variable = f"MASKWELL_{section}_{key}".upper()
            return f"It is saved, but the environment's {variable} comes before it."
        if row.id == "default.policy" and not self._desk.chat.turns:
            self._desk.use_policy(value)
        return f"{row.words}: {value} is saved in {self._desk.home.config.name}."

    def _set_action(self, entity_type: EntityType, action: Action) -> str:
        from maskwell.policy.writing import set_action  # noqa: PLC0415  # not at start

        policy = self.policy
        changed = set_action(self._desk.home, policy.name, entity_type, action, reach=self.reach)
        if self._action(changed, entity_type) is not action:
            raise ConfigError(f"Another rule of {policy.name} decides about {entity_type}.")
        place = REACH_WORDS[str(self.reach)]
        return f"{entity_type} for {place}: {action} is saved in policies/{policy.name}.toml."

    def forget_changes(self) -> bool:
        """Use the shipped policy again; False when it has no changes or is all the user's own."""
        from maskwell.policy import preset_names  # noqa: PLC0415  # not at start
        from maskwell.policy.writing import forget_own_policy  # noqa: PLC0415  # likewise

        name = self.policy.name
        if name not in preset_names() or not self.is_own:
            return False
        forget_own_policy(self._desk.home, name)
        return True

    # -- the effect ---------------------------------------------------------------------

    def plan(self) -> Plan:
        """Return what would be done to the sample; nothing is written."""
        return self._desk.shield.plan(
            self.sample, scope=_SAMPLE_SCOPE, policy=self.policy, destination=str(self.reach)
        )

    def preview(self, plan: Plan) -> Protected:
        """Return what would leave of the sample, and leave nothing in the vault."""
        return self._desk.shield.preview(plan)
