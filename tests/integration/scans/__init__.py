"""Making documents from scans, in the background."""
