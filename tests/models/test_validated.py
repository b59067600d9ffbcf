"""Replies fit or are asked for once more; what was cut off or is another thing is never taken for an empty reading."""

from __future__ import annotations

import asyncio

import pytest
from calls import reading
from clew.core.errors import BadReply
from clew.core.types import Reply, Usage
from clew.models.scripted import Scripted
from clew.models.validated import Validated

GOOD = '{"findings": [{"sentences": [1], "claim": "built in 1817"}]}'


def ask(*replies, window=8192, call=None):
    model = Scripted(list(replies), window=window)
    return model, asyncio.run(Validated(model).complete(call or reading()))


@pytest.mark.parametrize("wrapped", [GOOD, f"```json\n{GOOD}\n```", f"<think>{{}}</think> Sure: {GOOD} Anything else?"])
def test_a_reply_that_fits_is_read_at_once(wrapped):
    model, reply = ask(wrapped)
    assert reply.value.findings[0].sentences == [1]
    assert len(model.calls) == 1


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "I found nothing.",
        '{"findings": "none"}',
        '{"unexpected": 1}',
        "{}",
        GOOD[:-2] + ', {"sentences": [2], "cl',
        '{"findings": [{"sentences": [1], "claim": "he said "yes""}, {"sentences": [2]}]}',
    ],
)
def test_one_that_does_not_fit_is_asked_for_again(bad):
    model, reply = ask(bad, GOOD)
    assert reply.value.findings[0].claim == "built in 1817"
    again = model.calls[1]
    assert again.messages[:2] == reading().messages
    assert [message.role for message in again.messages[2:]] == ["assistant", "user"]
    assert reply.usage.calls == 2
    assert reply.usage.completion_tokens == model.count(bad) + model.count(GOOD)


def test_twice_wrong_is_a_bad_reply():
    with pytest.raises(BadReply, match="asked twice") as caught:
        ask("nonsense", "more nonsense", "still nonsense")
    assert caught.value.text == "more nonsense"


@pytest.mark.parametrize("before", [0, 3, 4, 40])
def test_what_is_rare_went_wrong_on_the_way_and_is_asked_for_anew(before):
    model = Scripted([*[GOOD] * before, "", GOOD[:30], GOOD])
    validated = Validated(model)

    async def go():
        for _ in range(before):
            await validated.complete(reading())
        return await validated.complete(reading())

    if before < 4:
        with pytest.raises(BadReply):
            asyncio.run(go())
        return
    reply = asyncio.run(go())
    assert reply.value.findings[0].claim == "built in 1817"
    assert model.calls[-1] == reading()
    assert (reply.usage.calls, reply.usage.repaired, reply.usage.degraded) == (3, 1, 0)


def test_a_long_bad_reply_is_shown_in_part():
    model, _ = ask("x" * 100_000, GOOD)
    assert len(model.calls[1].messages[2].content) == 1000


def test_it_is_not_asked_again_over_the_window():
    # The first prompt fills the window.
    counted = Scripted([])
    window = sum(counted.count(message.content) for message in reading().messages) + 256
    model = Scripted(["nonsense", GOOD], window=window)
    with pytest.raises(BadReply):
        asyncio.run(Validated(model).complete(reading(max_tokens=256)))
    assert len(model.calls) == 1


def test_a_cut_off_reply_says_so():
    class Cut(Scripted):
        async def complete(self, call):
            return Reply('{"findings": [', Usage(calls=1), finish="length")

    with pytest.raises(BadReply, match="cut off at 256 tokens"):
        asyncio.run(Validated(Cut([])).complete(reading()))


def test_a_reply_that_nearly_fits_is_mended_without_asking():
    model, reply = ask('{"findings": [{"sentences": "1", "claim": "built in 1817"}]}')
    assert len(model.calls) == 1
    assert reply.value.findings[0].sentences == [1]
    assert (reply.usage.repaired, reply.usage.degraded) == (1, 0)
    assert reading().prompt.parse(reply.text) == reply.value


def test_plain_lines_are_the_last_form_that_is_asked_for():
    model, reply = ask("nonsense", "more nonsense", "1: built in 1817")
    assert reply.value.findings[0].sentences == [1]
    assert (reply.usage.calls, reply.usage.degraded) == (3, 1)
    assert model.calls[2].schema == {}
    assert "one line for each sentence" in model.calls[2].messages[-1].content


def test_a_second_reply_that_is_cut_off_is_kept_to_its_last_whole_item():
    class Long(Scripted):
        async def complete(self, call):
            reply = await super().complete(call)
            return Reply(reply.text, reply.usage, finish="length")

    cut = GOOD[: GOOD.index("]", GOOD.index("}"))] + ', {"sentences": [2'
    reply = asyncio.run(Validated(Long(["{", cut])).complete(reading()))
    assert [finding.sentences for finding in reply.value.findings] == [[1]]
    assert reply.usage.degraded == 1
