"""Opens a folder of weights on this machine: tokenizer, template and model, or what is wrong and how to mend it.

Nothing is downloaded and no code of the folder is run: `trust_remote_code` is never set, and only safetensors are read,
since pickled weights may hold code.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...core.errors import ModelError, SettingsError
from .memory import bytes_per_token, free_bytes, gib

_HUB_ID = re.compile(r"[\w.-]+/[\w.-]+")
_TOKENIZERS = ("tokenizer.json", "tokenizer.model", "vocab.json", "tekken.json")
_TAKEN = 0.9
"""Share of the free memory that weights and one full window may take; the rest is for what is computed between."""


@dataclass(frozen=True)
class Loaded:
    """A model ready to be run."""

    model: Any
    """A `transformers` causal language model, in evaluation mode on `device`."""
    tokenizer: Any
    device: str
    """`cuda` or `cpu`."""
    dtype: str
    """Of the weights, such as `bfloat16`."""
    window: int
    """Tokens of prompt and completion together."""
    stops: tuple[int, ...]
    """Tokens that end a reply."""
    token_bytes: int
    """Memory that the keys and values of one token take, at most."""


def checked_folder(path: str) -> Path:
    """The folder `path`, if it can hold a model. Raises SettingsError, which says what is missing."""
    folder = Path(path).expanduser()
    if not folder.is_dir():
        raise SettingsError(f"there is no folder {path}", _how_to_get(path))
    if not (folder / "config.json").is_file():
        raise SettingsError(f"{path} holds no model: config.json is missing", _form_hint(folder))
    # Without it, some tokenizers come up empty instead of failing.
    if not any((folder / name).is_file() for name in _TOKENIZERS):
        raise SettingsError(f"{path} holds no tokenizer: tokenizer.json is missing", _form_hint(folder))
    if not any(folder.glob("*.safetensors")):
        raise SettingsError(f"{path} holds no weights as safetensors", _form_hint(folder))
    return folder


def load(folder: Path, window: int | None) -> Loaded:
    """The model in `folder`. Takes seconds to minutes.

    Args:
        folder: as checked by `checked_folder`.
        window: tokens; None is as many as the model was made for.

    Raises:
        SettingsError: the extra is not installed, the window is larger than the model's, no chat template.
        ModelError: the files cannot be read as a model, or there is too little memory.
    """
    transformers = _library()
    import torch

    device = "cuda" if torch.cuda.is_available() else "cpu"
    config = _read(folder, lambda: transformers.AutoConfig.from_pretrained(folder, local_files_only=True))
    tokenizer = _read(folder, lambda: transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True))
    if not getattr(tokenizer, "chat_template", None):
        hint = "use the instruct or chat variant of the model, or put its chat_template.jinja into the folder"
        raise SettingsError(f"the model in {folder} has no chat template", hint)
    text = config.get_text_config()
    dtype = _dtype(torch, text, device)
    size = _window(folder, text, tokenizer, window)
    token_bytes = bytes_per_token(text, torch.empty(0, dtype=dtype).element_size())
    _check_memory(folder, device, dtype == torch.float32 and _saved(text) == torch.float16, size, token_bytes)
    make = transformers.AutoModelForCausalLM.from_pretrained
    model = _read(folder, lambda: make(folder, local_files_only=True, use_safetensors=True, dtype=dtype).to(device))
    stops = _stops(model, tokenizer)
    # The folder may ask for sampling or penalties; here nothing is done that a call does not ask for.
    model.generation_config = transformers.GenerationConfig(eos_token_id=list(stops), pad_token_id=stops[0])
    return Loaded(model.eval(), tokenizer, device, str(dtype).removeprefix("torch."), size, stops, token_bytes)


def _library() -> Any:
    try:
        import llguidance  # noqa: F401  Needed later; told now.
        import torch  # noqa: F401
        import transformers
    except ImportError as error:
        told = f"models in this process need the package {error.name}, which is not installed"
        raise SettingsError(told, "pip install 'clew[local]', or name a server with --base-url") from error
    transformers.utils.logging.disable_progress_bar()
    transformers.utils.logging.set_verbosity_error()
    return transformers


def _read(folder: Path, make: Callable[[], Any]) -> Any:
    """What `make` reads from the folder."""
    try:
        return make()
    except Exception as error:  # Of many classes, from several libraries: all mean that these files are no use.
        said = " ".join(str(error).split())
        if "trust_remote_code" in said:
            told = f"the model in {folder} needs program code of its own, which is never run"
            raise ModelError(told, "use a model that transformers knows, or serve it and name --base-url") from error
        told = f"{folder} cannot be loaded: {said[:300]}"
        raise ModelError(told, "is the download complete, and transformers new enough for this model?") from error


def _saved(config: Any) -> Any:
    return getattr(config, "dtype", None)


def _dtype(torch: Any, config: Any, device: str) -> Any:
    """As the weights were saved, but for half precision on a CPU, which computes with it slowly or not at all."""
    saved = _saved(config) or torch.float32
    return torch.float32 if device == "cpu" and saved == torch.float16 else saved


def _window(folder: Path, config: Any, tokenizer: Any, asked: int | None) -> int:
    most = getattr(config, "max_position_embeddings", None)
    limit = getattr(tokenizer, "model_max_length", None)
    known = [int(n) for n in (most, limit) if isinstance(n, int) and 0 < n < 1 << 31]
    if asked is None and not known:
        raise SettingsError(f"the model in {folder} does not say how long its context is", "name it with --window N")
    if asked is not None and most and asked > most:
        raise SettingsError(
            f"a window of {asked:,} tokens is more than the {most:,} that the model in {folder} was made for",
            f"leave --window away, or name at most {most}",
        )
    return asked or min(known)


def _check_memory(folder: Path, device: str, doubled: bool, window: int, token_bytes: int) -> None:
    """Raises ModelError where weights and one full window do not fit into what is free now."""
    free = free_bytes(device)
    if free is None:
        return
    weights = sum(file.stat().st_size for file in folder.glob("*.safetensors")) * (2 if doubled else 1)
    need = weights + window * token_bytes
    if need <= _TAKEN * free:
        return
    room = int((_TAKEN * free - weights) / max(1, token_bytes))
    hint = f"name a smaller --window (about {room // 1024 * 1024} would fit)" if room >= 4096 else "use a smaller model"
    told = f"{gib(weights)} for the weights and {gib(window * token_bytes)} for a window of {window:,} tokens"
    where = "the GPU" if device == "cuda" else "memory"
    raise ModelError(f"the model in {folder} needs {told}; {gib(free)} of {where} are free", hint)


def _stops(model: Any, tokenizer: Any) -> tuple[int, ...]:
    named = model.generation_config.eos_token_id if model.generation_config else None
    listed = named if isinstance(named, list) else [named]
    stops = dict.fromkeys(token for token in (tokenizer.eos_token_id, *listed) if isinstance(token, int))
    if not stops:
        raise SettingsError("the model names no token that ends a reply", "its generation_config.json is incomplete")
    return tuple(stops)


def _how_to_get(path: str) -> str:
    if _HUB_ID.fullmatch(path):
        name = path.rpartition("/")[2]
        return f"nothing is downloaded here; hf download {path} --local-dir {name}, then --model local:{name}"
    return "name the folder that holds config.json and the weights: local:FOLDER"


def _form_hint(folder: Path) -> str:
    if any(folder.glob("*.gguf")) or folder.suffix == ".gguf":
        return "GGUF files are for llama-server: serve them and name it with --base-url"
    if any(folder.glob("*.bin")) or any(folder.glob("*.pt*")):
        return "pickled weights can hold code and are not read; get or convert them to safetensors"
    return "is the download complete? hf download ORG/NAME --local-dir FOLDER fetches all of it"
