"""`python -m stillreel` is the same door as the console script."""

from stillreel.cli.door import main

main()
