"""Command line: puts the rooms together and starts them."""
