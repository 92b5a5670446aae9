"""Understands questions, finds evidence and composes verified answers."""
