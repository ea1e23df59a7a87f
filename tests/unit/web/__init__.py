"""Parts of the web pages that need no server."""
