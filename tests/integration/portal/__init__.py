"""The national portal is told everything, in order and once, whatever happens."""
