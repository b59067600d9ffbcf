"""Vectors made in this process: Chroma's MiniLM where its files are, and any embedding class of LlamaIndex."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..core.errors import ModelError, SettingsError
from ..core.plugin import plugin
from ..core.types import Usage
from .embed import identity

MINILM_FILES = (
    "config.json",
    "model.onnx",
    "special_tokens_map.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "vocab.txt",
)


class MiniLm:
    """all-MiniLM-L6-v2 as Chroma carries it (ONNX, 384 numbers), as `models.embed.Source`.

    Chroma would download it; here it is used only where all of its files are there. Raises SettingsError.

    Args:
        folder: that holds them; None is where Chroma looks.
    """

    name = "minilm-l6-v2"
    parallel = 1
    spent = Usage()

    def __init__(self, folder: Path | None = None) -> None:
        from chromadb.utils.embedding_functions import ONNXMiniLM_L6_V2

        made: Any = ONNXMiniLM_L6_V2
        place = folder or Path(made.DOWNLOAD_PATH) / made.EXTRACTED_FOLDER_NAME
        missing = [name for name in MINILM_FILES if not (place / name).is_file()]
        if missing:
            raise SettingsError(
                f"the files of MiniLM are not in {place}: {', '.join(missing)}",
                "nothing is downloaded here; unpack Chroma's onnx.tar.gz (all-MiniLM-L6-v2) there, or use lsa",
            )
        self._model = made()

    def texts(self, texts: Sequence[str]) -> Any:
        return _of_others(self.name, lambda: [list(map(float, row)) for row in self._model(list(texts))])

    def query(self, text: str) -> Any:
        return self.texts([text])[0]

    def close(self) -> None:
        """Nothing is held."""


class LlamaIndexVectors:
    """A LlamaIndex `BaseEmbedding`, as `models.embed.Source`. Raises SettingsError.

    Args:
        spec: `module:Class`, made without arguments, or `module:object`.
    """

    parallel = 1
    spent = Usage()

    def __init__(self, spec: str) -> None:
        from llama_index.core.base.embeddings.base import BaseEmbedding

        hint = "name it as module:Class, a BaseEmbedding of LlamaIndex that needs no arguments, or module:object"
        named = plugin(spec, hint)
        try:
            model = named() if isinstance(named, type) else named
        except Exception as error:  # Whatever a foreign class raises, it cannot be made.
            raise SettingsError(f"{spec} cannot be made: {error}", hint) from error
        if not isinstance(model, BaseEmbedding):
            raise SettingsError(f"{spec} is no BaseEmbedding of LlamaIndex", hint)
        self._model = model
        self.name = identity(spec.rpartition(":")[2], f"{spec} {model.model_name}", "embedding")

    def texts(self, texts: Sequence[str]) -> Any:
        return _of_others(self.name, lambda: self._model.get_text_embedding_batch(list(texts)))

    def query(self, text: str) -> Any:
        return _of_others(self.name, lambda: self._model.get_query_embedding(text))

    def close(self) -> None:
        """Nothing is held."""


def _of_others(name: str, make: Any) -> Any:
    """What `make` gives. Its failures are those of code that is not ours."""
    try:
        return make()
    except Exception as error:
        raise ModelError(f"the embedder {name} failed: {type(error).__name__}: {error}") from error
