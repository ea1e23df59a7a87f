"""The life of a petition: which acts it allows, which time limits it has, what may be published."""
