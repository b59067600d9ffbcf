"""What is kept: the library on disk, vectors, the lexical index, the ledger of notes and its digests."""
