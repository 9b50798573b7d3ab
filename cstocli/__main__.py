"""`python -m cstocli` is `csto`."""

from cstocli.main import main

main()
