"""Asks question sets and measures the answers."""
