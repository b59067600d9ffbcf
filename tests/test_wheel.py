"""What is built is what is here: every package folder, every prompt, one top-level name."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import clew
import pytest

ROOT = Path(clew.__file__).parent


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Files in the wheel, built from a copy so that the checkout stays as it is."""
    work = tmp_path_factory.mktemp("wheel")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("needs a git checkout, to know which files are ours")
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file() and not name.startswith("examples/"):
            (work / "src" / name).parent.mkdir(parents=True, exist_ok=True)
            (work / "src" / name).write_bytes((ROOT / name).read_bytes())
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(work), str(work / "src")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = work.glob("*.whl")
    return zipfile.ZipFile(wheel).namelist()


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
