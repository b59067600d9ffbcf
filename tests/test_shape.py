"""The shape of the house: which room may import which, what is public, what a cold start loads."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import clew
import pytest

ROOT = Path(clew.__file__).parent
ABOVE: dict[str, set[str]] = {"core": set(), "language": {"core"}, "prompts": {"core", "language"}}
for room in ("memory", "documents", "models"):
    ABOVE[room] = {"core", "language", "prompts"}
ABOVE["agents"] = {"core", "language", "prompts", "memory", "documents", "models"}
ABOVE["app"] = {*ABOVE["agents"], "agents"}
for room in ("jobs", "evals", "report"):
    ABOVE[room] = {*ABOVE["app"], "app"}
ABOVE["cli"] = {*ABOVE["jobs"], "jobs", "evals", "report"}
ROOMS = [room for room in ABOVE if (ROOT / room).is_dir() or (ROOT / f"{room}.py").is_file()]
HEAVY = "chromadb langgraph llama_index numpy openai scipy sklearn tiktoken torch transformers".split()


def imported_rooms(file: Path) -> set[str]:
    """Rooms that a file imports, by relative imports; absolute imports of ourselves are reported as `clew`."""
    here = ("clew", *file.relative_to(ROOT).with_suffix("").parts)
    rooms: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            rooms |= {"clew" for name in node.names if name.name.split(".")[0] == "clew"}
        if isinstance(node, ast.ImportFrom):
            if node.level:
                target = (*here[: len(here) - node.level], *(node.module or "").split("."))
                rooms |= {target[1]} if len(target) > 1 and target[1] else {name.name for name in node.names}
            elif (node.module or "").split(".")[0] == "clew":
                rooms.add("clew")
    return rooms


@pytest.mark.parametrize("room", ROOMS)
def test_imports_go_down(room: str) -> None:
    files = [ROOT / f"{room}.py"] if (ROOT / f"{room}.py").is_file() else sorted((ROOT / room).rglob("*.py"))
    assert files
    for file in files:
        assert imported_rooms(file) <= ABOVE[room] | {room}, file


def test_import_check_sees_an_import_that_goes_up(tmp_path: Path) -> None:
    assert imported_rooms(ROOT / "app" / "clew.py") >= {"core", "documents", "memory", "models"}


def test_public_names_exist_and_are_all() -> None:
    assert sorted(clew.__all__) == clew.__all__
    for name in clew.__all__:
        assert getattr(clew, name).__name__ == name
    with pytest.raises(AttributeError):
        clew.Nothing  # noqa: B018


def test_every_file_says_what_it_does() -> None:
    for room in [*ROOMS, "tests", "benchmarks"]:
        for file in (ROOT / room).rglob("*.py"):
            assert ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))), file


def loaded_by(code: str) -> set[str]:
    """Top-level modules that a fresh interpreter has loaded after `code`."""
    script = f"import sys\n{code}\nprint(*{{name.split('.')[0] for name in sys.modules}}, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


@pytest.mark.parametrize(
    "code", ["import clew", "from clew.cli.main import run; assert run(['--help']) == 0"], ids=["import", "help"]
)
def test_a_cold_start_loads_nothing_heavy(code: str) -> None:
    loaded = loaded_by(code)
    assert "clew" in loaded
    assert not loaded & set(HEAVY)
