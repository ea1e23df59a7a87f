"""Forms of diagrams as pages: read, shown, typed in."""
