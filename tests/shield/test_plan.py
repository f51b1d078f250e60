from __future__ import annotations

from maskwell.detection import Finding
from maskwell.entity_types import EntityType
from maskwell.policy import Action, Reach, load_policy
from maskwell.shield import Plan, PlanItem

TEXT = "Ada wrote to Bo. Bo answered Ada at once; Adam did not."


def plan_of(*spans: tuple[int, int], score: float = 0.9) -> Plan:
    items = tuple(
        PlanItem(
            Finding(
                entity_type=EntityType.PERSON, start=start, end=end, score=score, recognizer="ner"
            ),
            Action.TOKEN,
        )
        for start, end in spans
    )
    policy = load_policy("everyday", home=None)
    return Plan(TEXT, "test", policy, "clipboard", Reach.REMOTE, items)


def test_marking_a_word_marks_it_wherever_it_stands_alone() -> None:
    marked = plan_of().with_marked(0, 3, EntityType.PERSON)

    assert [marked.surface(i) for i in range(len(marked.items))] == ["Ada", "Ada"]


def test_marking_leaves_the_plan_it_came_from_as_it_was() -> None:
    plan = plan_of()

    plan.with_marked(0, 3, EntityType.PERSON)

    assert plan.items == ()


def test_marking_replaces_findings_it_overlaps() -> None:
    marked = plan_of((0, 3)).with_marked(0, 9, EntityType.TERM)

    assert [(i.finding.start, i.finding.end) for i in marked.items] == [(0, 9)]


def test_marking_blanks_changes_nothing() -> None:
    plan = plan_of()

    assert plan.with_marked(3, 4, EntityType.TERM) is plan


def test_marking_is_private_even_where_the_policy_would_keep_the_type() -> None:
    marked = plan_of().with_marked(0, 3, EntityType.GROUP)

    assert {item.action for item in marked.items} == {Action.TOKEN}


def test_letting_one_finding_stand_lets_its_equals_stand() -> None:
    plan = plan_of((13, 15), (17, 19)).without(0)

    assert [item.action for item in plan.items] == [Action.KEEP, Action.KEEP]


def test_letting_one_finding_stand_can_be_for_that_place_alone() -> None:
    plan = plan_of((13, 15), (17, 19)).without(0, everywhere=False)

    assert [item.action for item in plan.items] == [Action.KEEP, Action.TOKEN]


def test_a_changed_item_is_the_users_own() -> None:
    plan = plan_of((13, 15)).with_action(0, Action.DROP)

    assert plan.items[0].by_user


def test_changing_the_type_asks_the_policy_again() -> None:
    plan = plan_of((13, 15)).with_type(0, EntityType.GROUP)

    assert plan.items[0].action is Action.KEEP


def test_a_low_score_makes_the_plan_uncertain() -> None:
    assert plan_of((0, 3), score=0.5).is_uncertain
    assert not plan_of((0, 3)).is_uncertain
