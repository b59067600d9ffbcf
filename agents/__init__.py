"""The agents that read, remember and answer, and the LangGraph they sit in."""
