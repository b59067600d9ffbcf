"""The simulated server does what claims about cost rest on: tokens, cache, speed, faults, and its log."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from calls import EVERY_CALL, reading
from simreplies import reply, tokenize
from simserver import FAULTS

SILENT = ("hang", "stall", "drip")


def post(url, body):
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
    try:
        connection.request(
            "POST", parts.path + "/chat/completions", json.dumps(body), {"Content-Type": "application/json"}
        )
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def request(call=None, **more):
    call = call or reading()
    messages = [{"role": m.role, "content": m.content} for m in call.messages]
    return {"model": "sim", "messages": messages, "max_tokens": 256} | more


@pytest.mark.parametrize("call", EVERY_CALL, ids=lambda call: type(call.prompt).__name__)
def test_replies_fit_with_and_without_a_schema(call):
    messages = request(call)["messages"]
    with_schema, without = reply(messages, call.schema), reply(messages, None)
    assert with_schema == without
    call.prompt.parse(json.dumps(with_schema))


def test_a_shape_that_is_not_known_is_filled():
    shape = {
        "properties": {"x": {"type": "string"}, "y": {"anyOf": [{"type": "integer"}]}, "z": {"enum": ["k"]}},
        "type": "object",
    }
    assert reply([], shape) == {"x": "", "y": 0, "z": "k"}


def test_a_prefix_is_cached_in_whole_blocks(serve):
    server = serve()
    first, _ = reading().messages
    for end in ("one", "two", "two"):
        post(server.url, {"model": "sim", "messages": [{"role": "user", "content": first.content + end}]})
    length = len(tokenize(first.content)) + 1
    blocks = length // 16 * 16
    assert blocks <= server.counts["cached_tokens"] // 2 <= (length + 1) // 16 * 16


def test_speeds_and_slots_cost_time(serve):
    server = serve(prefill=20_000.0, decode=2_000.0)
    began = time.monotonic()
    post(server.url, request())
    least = server.counts["prompt_tokens"] / 20_000 + server.counts["completion_tokens"] / 2_000
    assert time.monotonic() - began >= least


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault not in SILENT])
def test_faults_come_as_scripted(serve, fault):
    server = serve(script=["ok", fault])
    status, good = post(server.url, request())
    assert status == 200
    try:
        later, bad = post(server.url, request())
    except (http.client.HTTPException, ConnectionError):
        later, bad = 0, b""
    assert (later, bad) != (200, good)
    assert server.counts[f"fault:{fault}"] == 1


@pytest.mark.parametrize(("fault", "least", "most"), [("hang", 0, 0), ("stall", 150, 1000), ("drip", 70, 120)])
def test_some_faults_go_on_for_as_long_as_one_likes(serve, fault, least, most):
    server = serve(script=[fault])
    parts = urlsplit(server.url)
    body = json.dumps(request()).encode()
    head = f"POST {parts.path}/chat/completions HTTP/1.1\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    with socket.create_connection((parts.hostname, parts.port), timeout=0.3) as connection:
        connection.sendall(head + body)
        time.sleep(0.2)
        connection.setblocking(False)
        try:
            got = len(connection.recv(4096))
        except BlockingIOError:
            got = 0
    assert least <= got <= most


def test_a_quota_is_told_when_it_is_there_again(serve):
    server = serve(quota=3, quota_seconds=60.0)
    answered = [post(server.url, request(user=str(n)))[0] for n in range(8)]
    assert 3 <= answered.count(200) <= 6
    assert answered.count(429) == 8 - answered.count(200)


def test_an_outage_hangs_up_and_is_over_in_the_end(serve):
    server = serve(outage=0.2, outage_at=2)
    assert post(server.url, request())[0] == 200
    with pytest.raises((http.client.HTTPException, ConnectionError)):
        post(server.url, request())
    with pytest.raises(ConnectionRefusedError):
        post(server.url, request())
    time.sleep(0.5)
    assert post(server.url, request())[0] == 200


def test_faults_by_rate_do_not_depend_on_order(serve):
    def failing(order):
        server = serve(rate=0.5, kinds=("500",), seed=3)
        return {n for n in order if post(server.url, request(user=str(n)))[0] == 500}

    once = failing(range(40))
    assert once == failing(reversed(range(40)))
    assert 8 < len(once) < 32


def test_it_runs_as_a_process_and_keeps_a_log(tmp_path):
    log = tmp_path / "requests.jsonl"
    server = Path(__file__).with_name("simserver.py")
    command = [
        sys.executable,
        str(server),
        "--log",
        str(log),
        "--window",
        "600",
        "--script",
        "503,ok",
        "--json-schema",
        "0",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            url = process.stdout.readline().strip()
            assert post(url, request())[0] == 503
            assert post(url, request())[0] == 200
            assert post(url, request(response_format={"type": "json_schema"}))[0] == 400
            rows = [json.loads(line) for line in log.read_text().splitlines()]
        finally:
            process.kill()
    assert [row["status"] for row in rows] == [503, 200, 400]
    assert rows[0]["fault"] == "503"
    assert rows[0]["hash"] == rows[1]["hash"] != rows[2]["hash"]
    assert rows[1]["prompt_tokens"] > 100
