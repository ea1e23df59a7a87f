"""A dossier's life: pure rules from a dossier and an act to the dossier after it.

The same functions serve live commands and replay (docs/adr/0002).
"""
