"""A model of random weights with a tokenizer of its own, made on the spot: everything of a real one but the sense.

In a test: `folder = make(tmp_path / "tiny")`, then `local:{folder}`. It needs the extra `local`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import clew

TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
NO_SYSTEM = "{% if messages[0].role == 'system' %}{{ raise_exception('no system role') }}{% endif %}" + TEMPLATE
SPECIAL = ["<|im_start|>", "<|im_end|>", "<|endoftext|>"]
CLOSING = ('"', "]")
WINDOW = 4096


def make(folder: Path, *, template: str | None = TEMPLATE, sliding: int | None = None, terse: bool = True) -> Path:
    """Saves a model to `folder`, the same every time, and returns the folder.

    Args:
        template: of the chat; None saves none.
        sliding: tokens that its layers look back on; None is all.
        terse: whether it likes to end what it began; else its texts run to the limit.
    """
    import torch
    from transformers import MistralConfig, MistralForCausalLM, PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM

    tokenizer = _tokenizer()
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<|im_end|>", chat_template=template)
    size: dict[str, Any] = {
        "vocab_size": len(fast),
        "hidden_size": 64,
        "intermediate_size": 128,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "max_position_embeddings": WINDOW,
        "eos_token_id": fast.eos_token_id,
        "bos_token_id": None,
        "initializer_range": 0.1,
    }
    with torch.random.fork_rng():
        torch.manual_seed(0)
        model = (
            Qwen2ForCausalLM(Qwen2Config(**size))
            if sliding is None
            else MistralForCausalLM(MistralConfig(**size, sliding_window=sliding))
        )
    _spread(model)
    if terse:
        _prefer(model, [fast.convert_tokens_to_ids(token) for token in CLOSING])
    model.save_pretrained(folder)
    fast.save_pretrained(folder)
    return folder


def _tokenizer() -> Any:
    """Byte-level BPE of 700 tokens, trained on the prompts."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=700,
        special_tokens=SPECIAL,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    prompts = sorted((Path(clew.__file__).parent / "prompts").glob("*.md"))
    tokenizer.train_from_iterator([file.read_text(encoding="utf-8") for file in prompts], trainer)
    return tokenizer


def _spread(model: Any) -> None:
    """Lets what is read decide what is written: without it the layers drown the words."""
    import torch

    with torch.no_grad():
        model.get_input_embeddings().weight.mul_(10)
        model.get_output_embeddings().weight.mul_(3)


def _prefer(model: Any, tokens: list[int]) -> None:
    """Gives every state a part in common, and `tokens` a weight for it: a bias, where the model has none."""
    import torch

    with torch.no_grad():
        model.get_input_embeddings().weight[:, 0] = 4
        model.get_output_embeddings().weight[:, 0] = 0
        model.get_output_embeddings().weight[tokens, 0] = 2
