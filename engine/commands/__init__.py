"""Use cases: `f(tx, command, actor, now)`. The caller opens the transaction and commits it."""
