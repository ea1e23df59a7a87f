"""A dossier's life as the page of the auditors tells it."""
