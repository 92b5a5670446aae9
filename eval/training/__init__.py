"""Trains the multilingual reader: makes the data, trains, measures, and writes the weights with their card."""
