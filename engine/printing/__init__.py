"""Letters and slips as PDF/A: templates, type, codes to scan."""
