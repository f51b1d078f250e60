"""A process to be killed: it opens a vault and does one job, telling on stdout what is done.

Run by path. It imports once, then forks a fresh process for every line on stdin:
`JOB HOME KEYHEX [ARGUMENT]`. The child writes its process id, then one line for each thing
that returned; the parent writes "dead STATUS" when the child has ended.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from pathlib import Path

from maskwell.entity_types import EntityType
from maskwell.errors import MaskwellError
from maskwell.masking.linking import tokens_for
from maskwell.paths import Home
from maskwell.vault import Kept, NewToken, Vault
from maskwell.vault.database import Database
from maskwell.vault.keys import DataKey
from maskwell.vault.migrate import migrate

ROWS_A_TRANSACTION = 3


def say(line: object) -> None:
    os.write(1, f"{line}\n".encode())


def open_vault(home: Home, key: bytes, wait_s: float | None = None) -> Vault:
    return Vault.open_with(home, lambda _header: DataKey(bytearray(key)), wait_s=wait_s)


def people(talk: int, number: int) -> list[NewToken]:
    """Return three people nobody has heard of, named after a transaction."""
    first = talk * 1_000_000 + number * ROWS_A_TRANSACTION + 1
    names = [f"{talk}:{number}:{part}" for part in range(ROWS_A_TRANSACTION)]
    return [
        NewToken(EntityType.PERSON, name, name, first + part, "QX", (f"last:{name}",))
        for part, name in enumerate(names)
    ]


def job_write(home: Home, key: bytes, _argument: str) -> None:
    """Append turns in transactions of three, each with three people, for ever."""
    vault = open_vault(home, key)
    scope = vault.scopes.ensure("acme")
    conversation = vault.history.start(scope=scope, title=Kept("t"), destination="d", policy="p")
    for number in range(1_000_000):
        try:
            with vault.transaction():
                for part in range(ROWS_A_TRANSACTION):
                    text = f"{conversation.id}:{number}:{part} " + "word " * (number % 50)
                    vault.history.append(conversation.id, "user", Kept(text))
                vault.entities.add_many(scope, people(conversation.id, number))
        except MaskwellError as error:
            say(f"refused {type(error).__name__}")
            if number > 400:
                return
        else:
            say(f"saved {conversation.id}:{number}")


def job_write_some(home: Home, key: bytes, argument: str) -> None:
    """Append `argument` turns, each its own commit, and close."""
    vault = open_vault(home, key)
    scope = vault.scopes.ensure("acme")
    conversation = vault.history.start(scope=scope, title=Kept("t"), destination="d", policy="p")
    for number in range(int(argument)):
        try:
            vault.history.append(conversation.id, "user", Kept(f"turn {number} " + "w " * 300))
        except MaskwellError as error:
            say(f"refused {type(error).__name__}")
        else:
            say(f"saved {conversation.id}:{number}")
    vault.close()


def job_learn(home: Home, key: bytes, seed: str) -> None:
    """Beside others, protect texts with people whom the others may be learning just now."""
    chosen = random.Random(int(seed))
    with Vault.open_unlocked(home, DataKey(bytearray(key))) as vault:
        scope = vault.scopes.ensure("acme")
        for _ in range(25):
            names = [f"Nora{n} Field{n}" for n in chosen.sample(range(60), 8)]
            tokens_for(vault, scope, [(EntityType.PERSON, name) for name in names])
    say("learnt")


def job_migrate(home: Home, key: bytes, argument: str) -> None:
    """Migrate, and kill this process after statement number `argument`."""
    left = int(argument)

    def count(_statement: str) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    database = Database.connect(home.vault, DataKey(bytearray(key)))
    migrate(database, after_statement=count)
    database.close()
    say("migrated")


def job_rotate(home: Home, key: bytes, passphrase: str) -> None:
    """Rotate the data key once."""
    vault = open_vault(home, key)
    say("rotating")
    vault.rotate(passphrase)
    say("rotated")
    vault.close()


def job_canary(home: Home, key: bytes, value: str) -> None:
    """Put a value everywhere a value may stand, sort and search a lot, and erase it."""
    with open_vault(home, key) as vault:
        scope = vault.scopes.ensure("acme")
        made = vault.entities.add(
            scope, EntityType.PERSON, value.casefold(), value, number=1, check="QX",
            parts=tuple(value.casefold().split()),
        )  # fmt: skip
        vault.lexicon.add_term(value)
        vault.credentials.set("cloud", value)
        talk = vault.history.start(scope=scope, title=Kept("t"), destination="d", policy="p")
        with vault.transaction():
            for number in range(80):
                text = f"[PERSON_1QX] {number} " + "word " * 100
                vault.history.append(talk.id, "user", Kept(text))
        vault._database.rows("SELECT text, random() FROM messages ORDER BY 2, 1 DESC")
        vault._database.rows("CREATE INDEX extra ON messages (text)")
        vault.history.search(["word"])
        vault.slots.new_recovery_code()
        vault.erase([made.entity_id])
        vault.history.delete(talk.id)
        vault.verify()
    say("done")


def job_open(home: Home, key: bytes, wait_s: str) -> None:
    """Open the vault, or say why not."""
    try:
        vault = open_vault(home, key, float(wait_s))
    except MaskwellError as error:
        say(f"{type(error).__name__} {error.exit_code} {error}")
        return
    say("open")
    sys.stdin.read()
    vault.close()


JOBS = {
    "learn": job_learn,
    "write": job_write,
    "write_some": job_write_some,
    "migrate": job_migrate,
    "canary": job_canary,
    "rotate": job_rotate,
    "open": job_open,
}


def run(line: str) -> None:
    job, root, key, *rest = line.split("\t")
    say(os.getpid())
    JOBS[job](Home(Path(root)), bytes.fromhex(key), rest[0] if rest else "")


def main() -> None:
    if len(sys.argv) > 1:
        run("\t".join(sys.argv[1:]))
        return
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            status = 1
            try:
                run(line.rstrip("\n"))
                status = 0
            finally:
                os._exit(status)
        _, status = os.waitpid(child, 0)
        say(f"dead {status}")


if __name__ == "__main__":
    main()
