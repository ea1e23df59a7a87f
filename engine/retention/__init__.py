"""How long what people said and are is kept, and how it is masked when that time is over.

Masking proves before and after: a dossier that is not intact is not masked, and one that was
masked can still be done again, act by act.
"""
