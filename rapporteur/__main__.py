"""`python -m rapporteur` is `rapporteur`."""

from rapporteur.cli.main import run

if __name__ == "__main__":
    run()
