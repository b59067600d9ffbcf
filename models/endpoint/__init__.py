"""Any OpenAI-compatible server: what it can, what it said, and what went wrong."""
