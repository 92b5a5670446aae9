"""Runs the command line as `python -m ui.command_line`."""

from ui.command_line.main import main

if __name__ == "__main__":
    main()
