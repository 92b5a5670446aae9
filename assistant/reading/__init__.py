"""Reads the passages found: which sentence answers, and whether it holds the kind of thing asked for."""
