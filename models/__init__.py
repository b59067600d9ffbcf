"""Chat models, embedders, and the wrappers around them: journal, meter, limiter."""
