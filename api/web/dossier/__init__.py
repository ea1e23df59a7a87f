"""What the pages of a dossier and its tasks show and do."""
