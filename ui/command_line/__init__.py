"""The command line: one module for each group of commands, every heavy import inside the command that needs it."""
