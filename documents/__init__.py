"""A file becomes text with a map: loaders, sentences and passages, chunks. Every piece is a span of the text."""
