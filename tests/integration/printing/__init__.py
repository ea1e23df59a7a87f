"""Letters on paper: drawn by the real press."""
