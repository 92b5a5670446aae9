"""Lets the training be run: `python -m eval.training`."""

from eval.training.command import main

if __name__ == "__main__":
    main()
