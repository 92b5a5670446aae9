"""Reads documents from a folder and keeps them in an index generation."""
