"""`python -m cstocli` is `csto`."""

from cstocli.cli.main import main

main()
