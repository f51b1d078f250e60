"""Plots for the privacy screen: their axes and legends are words, so colour only adds to them."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from textual_plotext import PlotextPlot

from maskwell.tui.inert_text import inert_content

if TYPE_CHECKING:
    from textual.content import Content
    from textual.theme import Theme

    from maskwell.tui.privacy_desk import Glance

__all__ = ["BlockedPlot", "FindingsPlot", "ReachedPlot"]

_MOST_KINDS = 5
_FILLS = "█▒░▓▚▞"
"""One for each kind beside its colour."""
_MOST_LABELS = 6


class _Plot(PlotextPlot):
    """A plot that is drawn anew when the look or the numbers change."""

    def __init__(self, *, id: str) -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id)
        self._glance: Glance | None = None

    def on_mount(self) -> None:
        """Follow the app's look."""
        super().on_mount()
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def _theme_changed(self, _: Theme) -> None:
        if self._glance is not None:
            self.show(self._glance)

    def show(self, glance: Glance) -> None:
        """Plot these numbers."""
        self._glance = glance
        self.plt.clear_data()
        self.plt.clear_figure()
        self.plt.yaxes(True, False)
        self._draw(glance)
        self.refresh()

    @abstractmethod
    def _draw(self, glance: Glance) -> None:
        """Put the figures of a glance on the plot."""

    def _colours(self) -> list[tuple[int, int, int]]:
        """Return the look's own colours, as plotext writes them."""
        theme = self.app.current_theme
        names = (theme.primary, theme.warning, theme.error, theme.success, theme.secondary)
        return [_rgb(name or theme.primary) for name in names]

    def _count_up(self, highest: int) -> None:
        """Label the upright axis with whole numbers."""
        top = max(highest, 1)
        self.plt.ylim(0, top)
        self.plt.yticks([0, top // 2, top] if top > 1 else [0, 1])

    def _label_days(self, glance: Glance) -> None:
        count = len(glance.days)
        step = max(-(-count // _MOST_LABELS), 1)
        places = range(1, count + 1, step)
        ticks = [float(place) for place in places]
        self.plt.xlim(0.5, count + 0.5)
        self.plt.xticks(ticks, [f"{glance.days[place - 1]:%d %b}" for place in places])


class FindingsPlot(_Plot):
    """Findings by kind over the days, the rarer kinds together."""

    def _draw(self, glance: Glance) -> None:
        rows = [row for _, row in kinds_shown(glance)]
        self.plt.title("Found and hidden, by kind")
        if rows:
            colours, fills = (self._colours() * 2)[: len(rows)], list(_FILLS[: len(rows)])
            days = list(range(1, len(glance.days) + 1))
            self.plt.stacked_bar(days, rows, marker=fills, color=colours, width=0.8)  # type: ignore[arg-type]  # it takes one for each
            self._count_up(max(map(sum, zip(*rows, strict=True))))
            self._label_days(glance)

    def legend(self) -> Content:
        """Return what each colour and fill stands for."""
        line = inert_content("")
        if self._glance is None:
            return line
        colours = self._colours() * 2
        for number, (kind, row) in enumerate(kinds_shown(self._glance)):
            red, green, blue = colours[number]
            line += inert_content(_FILLS[number] * 2, f"rgb({red},{green},{blue})")
            line += inert_content(f" {kind} {sum(row)}   ")
        return line


def kinds_shown(glance: Glance) -> list[tuple[str, list[int]]]:
    """Return (kind, findings on each day), the rarer kinds as one."""
    kinds = list(glance.by_kind)
    rows = [(kind, list(glance.by_kind[kind])) for kind in kinds[:_MOST_KINDS]]
    if rest := kinds[_MOST_KINDS:]:
        together = zip(*(glance.by_kind[kind] for kind in rest), strict=True)
        rows.append((f"{len(rest)} more kinds", [sum(day) for day in together]))
    return rows


class ReachedPlot(_Plot):
    """How many values of all kinds each destination was told a stand-in for."""

    def _draw(self, glance: Glance) -> None:
        self.plt.title("Told as stand-ins, by destination")
        if glance.reached:
            names = [one.name[:14] for one in reversed(glance.reached[:8])]
            counts = [one.kinds.total() for one in reversed(glance.reached[:8])]
            colour = self._colours()[0]
            self.plt.bar(names, counts, orientation="horizontal", color=colour, width=0.4)
            top = max(*counts, 1)
            self.plt.xlim(0, top)
            self.plt.xticks([0, top // 2, top] if top > 1 else [0, 1])


class BlockedPlot(_Plot):
    """How often something was refused on each day."""

    def _draw(self, glance: Glance) -> None:
        self.plt.title("Blocked")
        places = list(range(1, len(glance.days) + 1))
        self.plt.bar(places, list(glance.blocked), color=self._colours()[2], width=0.8)
        self._count_up(max(glance.blocked, default=0))
        self._label_days(glance)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
