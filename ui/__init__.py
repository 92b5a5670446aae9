"""The rims people touch: command line, HTTP API and page."""
