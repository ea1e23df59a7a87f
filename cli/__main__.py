"""`python -m cli` is `motcua`."""

from cli.main import main

main()
