"""What is built is what is here: every package folder, every prompt, one top-level name, and a whole source archive."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import clew
import pytest

ROOT = Path(clew.__file__).parent


@pytest.fixture(scope="module")
def ours() -> list[str]:
    """Files of the project, as git knows them."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("needs a git checkout, to know which files are ours")
    return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def built(ours: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source archive, and the wheel that was made from it; the checkout stays as it is."""
    work = tmp_path_factory.mktemp("built")
    for name in ours:
        (work / "src" / name).parent.mkdir(parents=True, exist_ok=True)
        (work / "src" / name).write_bytes((ROOT / name).read_bytes())
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(work), str(work / "src")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return work


@pytest.fixture(scope="module")
def names(built: Path) -> list[str]:
    """Files in the wheel."""
    (wheel,) = built.glob("*.whl")
    return zipfile.ZipFile(wheel).namelist()


def test_the_source_archive_is_the_checkout(built: Path, ours: list[str]) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        held = {name.partition("/")[2] for name in packed.getnames()}
    assert {name for name in ours if name != ".gitignore"} <= held


def test_every_package_and_prompt_is_in_the_wheel(names: list[str]) -> None:
    folders = [p.parent for p in ROOT.rglob("__init__.py") if not {".venv", ".cache", "build"} & set(p.parts)]
    for folder in folders:
        assert str(Path("clew") / folder.relative_to(ROOT) / "__init__.py").replace("/./", "/") in names
    for prompt in (ROOT / "prompts").glob("*.md"):
        assert f"clew/prompts/{prompt.name}" in names
    assert "clew/py.typed" in names
    assert "clew/evals/probe/passages.txt.gz" in names


def test_the_wheel_has_one_top_level_name(names: list[str]) -> None:
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"clew"}


def test_no_module_at_the_root_shadows_the_standard_library() -> None:
    ours = {path.stem for path in ROOT.glob("*.py")} | {path.name for path in ROOT.iterdir() if path.is_dir()}
    assert not ours & (sys.stdlib_module_names - {"__init__"})
