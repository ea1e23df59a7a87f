"""Procedures edited in the browser: what a page of drawing offers to choose from."""
