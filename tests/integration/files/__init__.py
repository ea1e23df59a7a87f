"""The file store and what goes through it, with the real parts."""
