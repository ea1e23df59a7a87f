"""Citizens look up their dossiers and say how they were served."""
