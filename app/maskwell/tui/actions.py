"""Every action of the terminal app in one table: stable id, keys, words, and where it works.

Screens take their bindings from here, the help page and the palette list it, and the
`[keys]` section of the settings rebinds by id. So no action can be missing from one of them.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ACTIONS", "Action"]


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do."""

    id: str
    """Stable: settings name it."""
    keys: str
    """As Textual writes them, several with commas."""
    title: str
    handler: str
    """The Textual action the keys call."""
    is_listed: bool = True
    """Whether the palette offers it; movement keys are not commands."""

    @property
    def place(self) -> str:
        """Where it works: the part of the id before the dot."""
        return self.id.partition(".")[0]


ACTIONS = (
    Action("app.help", "f1", "Help: all keys", "app.help"),
    Action("app.palette", "ctrl+p", "Palette: every action", "app.command_palette"),
    Action("app.lock", "ctrl+l", "Lock the vault", "app.lock"),
    Action("app.quit", "ctrl+q", "Quit", "app.quit"),
    Action("app.vault", "alt+v", "Vault: who and what it knows", "app.go('vault')"),
    Action("app.folder", "alt+w", "Watch a folder", "app.go('folder')"),
    Action("app.privacy", "alt+p", "Privacy at a glance", "app.go('privacy')"),
    Action("app.settings", "alt+s", "Settings and policies", "app.go('settings')"),
    Action("chat.new", "ctrl+n", "New chat", "new_chat"),
    Action("chat.temporary", "f4", "New temporary chat (leaves no history)", "temporary_chat"),
    Action("chat.list", "f2", "Show or hide the list of chats", "toggle_list"),
    Action("chat.search", "ctrl+f", "Search all chats", "search"),
    Action("chat.tokens", "ctrl+t", "Show tokens or values", "toggle_tokens"),
    Action("chat.copy", "f3", "Copy the last reply", "copy_reply"),
    Action("chat.copy_protected", "f11", "Copy the last reply as tokens", "copy_reply_protected"),
    Action("chat.code", "alt+y", "Copy a code block", "copy_code"),
    Action("chat.resend", "ctrl+r", "Send the last prompt again", "resend"),
    Action("chat.stop", "escape", "Stop the reply, or go back", "stop", is_listed=False),
    Action("chat.by_hand", "f5", "Show the text to copy by hand", "by_hand"),
    Action("chat.destination", "ctrl+g", "Choose the destination", "choose_destination"),
    Action("chat.add_destination", "alt+g", "Add a destination", "add_destination"),
    Action("chat.policy", "f8", "Choose the policy", "choose_policy"),
    Action("chat.sample", "f9", "Write a sample prompt", "sample"),
    Action("chat.rename", "f10", "Rename this chat", "rename_chat"),
    Action("chat.delete", "f12", "Delete this chat", "delete_chat"),
    Action("chat.attach", "alt+a", "Attach a file", "attach"),
    Action("chat.detach", "alt+d", "Let go of the attached files", "detach"),
    Action("chat.export", "alt+e", "Save this chat as Markdown", "export"),
    Action("chat.matter", "alt+m", "Begin a chat in a matter", "matter"),
    Action("chat.reveal", "alt+r", "Show this chat's guarded values, with a reason", "reveal"),
    Action("chat.recovery", "alt+c", "Make a recovery code for the vault", "recovery"),
    Action("composer.send", "enter", "Review what will leave", "send", is_listed=False),
    Action("composer.newline", "ctrl+j,shift+enter", "New line", "newline", is_listed=False),
    Action("composer.editor", "ctrl+o", "Write in $EDITOR", "editor"),
    Action("list.down", "j", "Next", "cursor_down", is_listed=False),
    Action("list.up", "k", "Previous", "cursor_up", is_listed=False),
    Action("list.first", "g", "First", "first", is_listed=False),
    Action("list.last", "G", "Last", "last", is_listed=False),
    Action("thread.down", "j,down", "Next message", "next", is_listed=False),
    Action("thread.up", "k,up", "Previous message", "previous", is_listed=False),
    Action("thread.first", "g,home", "First message", "first", is_listed=False),
    Action("thread.last", "G,end", "Last message", "last", is_listed=False),
    Action("thread.copy", "c", "Copy this message", "copy", is_listed=False),
    Action("thread.copy_tokens", "C", "Copy it as tokens", "copy_tokens", is_listed=False),
    Action("thread.code", "y", "Copy a code block of it", "copy_code", is_listed=False),
    Action("thread.receipt", "r,enter", "Open or close its receipt", "receipt", is_listed=False),
    Action("review.send", "enter", "Send", "send"),
    Action("review.back", "escape", "Back to editing; nothing is sent", "back"),
    Action("review.next", "tab,right", "Next finding", "step(1)", is_listed=False),
    Action("review.previous", "shift+tab,left", "Previous finding", "step(-1)", is_listed=False),
    Action("review.down", "down,j", "Next finding", "row(1)", is_listed=False),
    Action("review.up", "up,k", "Previous finding", "row(-1)", is_listed=False),
    Action("review.toggle", "space", "Mask it, or leave it as it is", "toggle_masked"),
    Action("review.here", "s", "The same, only at this place", "toggle_here"),
    Action("review.keep", "x,u", "Not private: leave it as it is", "keep"),
    Action("review.private", "p", "Private: mask it", "private"),
    Action("review.type", "t", "Change its type", "choose_type"),
    Action("review.change", "a", "Choose what happens to it", "choose_action"),
    Action("review.never", "n", "Never again: ignore this value from now on", "never"),
    Action("review.always", "A", "Always: remember it as your own term", "always"),
    Action("review.mark", "m", "Mark a missed word", "mark"),
    Action("review.extend", "shift+right", "Take in the next word", "extend(1)", is_listed=False),
    Action("review.shrink", "shift+left", "Let go of the last word", "extend(-1)", is_listed=False),
    Action("review.same", "M", "The same as another: one token for both", "same"),
    Action("review.quote", "q", "Set what is suspicious apart as data", "quote"),
    Action("review.warning", "w", "Go to the next warning", "warning", is_listed=False),
    Action("review.undo", "z,ctrl+z", "Undo the last change", "undo"),
    Action("review.scroll_down", "pagedown", "Scroll down", "scroll(1)", is_listed=False),
    Action("review.scroll_up", "pageup", "Scroll up", "scroll(-1)", is_listed=False),
    Action("gate.keyring", "f6", "Open with the system's keyring", "keyring"),
    Action("page.back", "escape", "Back", "back", is_listed=False),
    Action("settings.change", "enter", "Change the chosen setting", "change", is_listed=False),
    Action("settings.next", "space", "Take the next choice", "cycle", is_listed=False),
    Action("settings.reach", "d", "Look at the rules for another reach", "reach"),
    Action("settings.sample", "e", "Try the policy on words of your own", "sample"),
    Action("settings.reset", "x", "Use the policy as it was shipped", "reset"),
    Action("privacy.span", "d", "Count more days, or fewer", "span"),
    Action("privacy.trail", "a", "Show the audit trail, or the counts", "trail"),
    Action("privacy.refresh", "r", "Count again", "refresh"),
    Action("privacy.down", "down,j", "Scroll down", "scroll(1)", is_listed=False),
    Action("privacy.up", "up,k", "Scroll up", "scroll(-1)", is_listed=False),
    Action("folder.start", "n", "Watch a folder", "start"),
    Action("folder.stop", "s", "Stop watching", "halt"),
    Action("folder.report", "o", "Open a file's report, or why it has none", "report"),
    Action("folder.retry", "r", "Try what is in quarantine again", "retry"),
    Action("vault.find", "slash", "Find in the vault", "find"),
    Action("vault.merge", "m", "The same as another: merge", "merge"),
    Action("vault.split", "s", "Not the same: split what was merged", "split"),
    Action("vault.erase", "e", "Erase for good, with a certificate", "erase"),
    Action("vault.ways", "w", "Ways in: passphrase, recovery code, keyring", "ways"),
    Action("vault.backup", "b", "Back the vault up", "backup"),
    Action("vault.verify", "v", "Check the vault and its audit trail", "verify"),
    Action("vault.reveal", "r", "Show a guarded value, with a reason", "reveal"),
    Action("vault.export", "x", "Save all that is known about one person", "export"),
)
