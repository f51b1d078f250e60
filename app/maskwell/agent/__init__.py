"""The resident agent: unlock once, use everywhere.

`maskwell vault unlock` leaves one small process behind that holds the vault's key in memory
and the warm detector. A command asks it over a socket of the user's own; the agent forks, and
the child does the command with the command's own streams. Without an agent everything works
as it always did.

Invariant: only the user who unlocked is answered; the key is on no disk, in no environment and
on no command line; locking wipes it and ends the process and all it had begun.
"""
