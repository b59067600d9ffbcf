"""The model that is built in: no weights, no network; it reads the typed fields of a call, and quotes."""
