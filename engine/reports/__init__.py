"""Reports: what offices count of their dossiers over a period, and which dossiers are behind it."""
