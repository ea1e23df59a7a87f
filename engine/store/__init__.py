"""Where dossiers are kept: the only room that speaks SQL."""
