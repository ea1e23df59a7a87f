"""The scheduler: every timer fires once, whoever else fires, whatever is killed or fails."""
