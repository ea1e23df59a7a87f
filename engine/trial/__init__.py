"""A version of a procedure tried out: a dossier lives in memory, by the very rules of real ones.

Nothing is kept and nothing leaves the house: whoever tries holds the list of moves, and each time
they are done again from the beginning, as replay does with a log (docs/adr/0002).
"""
