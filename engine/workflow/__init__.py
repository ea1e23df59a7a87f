"""Runs diagrams: the one package of this room that knows SpiffWorkflow.

No database, no clock, no network: a state and an act go in, a state and the places where
tokens now rest come out. Two decisions keep a completion's cost flat however long a dossier
has lived (docs/adr/0006): facts live outside the task tree, and what is finished and nothing
living looks at is taken out of it, since the event log has it.
"""
