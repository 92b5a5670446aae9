"""The HTTP API: answers, documents, registers, ingestion, OpenAI-compatible endpoints and MCP in one application."""
