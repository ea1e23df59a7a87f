"""Receiving at the counter: what is typed, step by step, until it is handed in as a dossier.

All that is typed lies in a draft as texts by the names of fields; everything a page shows is
read off them.
"""
