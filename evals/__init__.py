"""Measuring: the probe of a model behind a server, the simulated reader, ways of reading compared with it, recall.

`clew probe` uses the first two; `clew eval` and `clew compare` mark answers to questions of one's own (`keys`,
`marking`, `comparison`). The rest is in the wheel as well: it is small, needs nothing more, and whoever writes a
strategy elsewhere can compare it on texts of their own (`haystack`, `grid`, `summary`). Only `sets` wants data that is
not shipped.
"""
