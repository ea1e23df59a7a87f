"""Reports, counted of real dossiers."""
