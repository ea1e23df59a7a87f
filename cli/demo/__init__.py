"""The demonstration office: one commune with a year of dossiers, made by the real commands."""
