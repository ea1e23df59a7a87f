"""The national catalogue of procedures, as its files say it: read strictly, nothing guessed.

What cannot be understood is a `Remark` for a person. A procedure cannot do without its code, name,
decision, field of work, level and time limit: a row that lacks one of these is left whole. All
else is taken as it stands, and the remark says what a person has to settle.
"""
