"""The models that read text: prepared once, then run without a network."""
