"""The documentation is true: what it shows runs, what it lists is all there is."""
