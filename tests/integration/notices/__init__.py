"""Citizens are told what happens to their dossiers."""
