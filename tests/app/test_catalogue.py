"""The catalogue: what is listed, what is known of a document, taking files out, writing everything out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from clew import Clew, DocumentError, SettingsError
from clew.core.wording import NAMED

STORY = "# Keepers\n\nThe first keeper was Martha Venn.\n\n## After her\n\nThen came Tom Venn, her brother.\n"


@pytest.fixture
def clew(tmp_path: Path) -> Iterator[Clew]:
    with Clew(library=tmp_path / "library") as made:
        yield made


def write(folder: Path, **texts: str) -> list[Path]:
    paths = [folder / f"{name}.md" for name in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.write_text(text)
    return paths


def test_what_is_known_of_a_document(clew: Clew, tmp_path: Path) -> None:
    one, two = write(tmp_path, one=STORY, two=STORY)
    clew.open([one, two], listed=True)
    two.write_text("Something else.")
    shown = clew.catalogue.show(str(one))
    assert (shown.characters, shown.headings) == (len(STORY), ("Keepers", "  After her"))
    assert [(file.path, file.change) for file in shown.files] == [(str(one.resolve()), None)]
    by_id = clew.catalogue.show(shown.document[:8])
    assert [file.change for file in by_id.files] == [None, "has changed since it was indexed"]
    with pytest.raises(SettingsError, match="not in the library"):
        clew.catalogue.show("nowhere.txt")


def test_a_path_takes_out_that_file_and_an_id_all(clew: Clew, tmp_path: Path) -> None:
    paths = write(tmp_path, one=STORY, two=STORY, three="Another text.")
    document = next(iter(clew.open(paths, listed=True).books))
    first = clew.catalogue.remove([str(paths[0])])
    assert (first.documents, first.remaining) == ((), (str(paths[1].resolve()),))
    assert clew.library.texts.load(document, "x") is not None
    clew.open(paths, listed=True)
    second = clew.catalogue.remove([document])
    assert (len(second.files), second.documents, second.remaining) == (2, (document,), ())
    assert clew.library.texts.load(document, "x") is None
    assert [Path(file.path).name for file in clew.library.files(listed=True)] == ["three.md"]


def test_an_unknown_name_removes_nothing(clew: Clew, tmp_path: Path) -> None:
    (path,) = write(tmp_path, one=STORY)
    clew.open(path, listed=True)
    with pytest.raises(SettingsError, match=r"other\.md is not in the library"):
        clew.catalogue.remove([str(path), "other.md"])
    assert len(clew.library.files(listed=True)) == 1


def test_removing_one_of_many_leaves_no_trace_of_it(clew: Clew, tmp_path: Path) -> None:
    secret = "Xanadu-4711"
    paths = write(tmp_path, **{f"n{at}": f"{STORY} Number {at}." for at in range(30)})
    paths += write(tmp_path, secret="\n\n".join(f"{secret} was seen on day {at}." for at in range(40)))
    shelf = clew.open(paths, listed=True)
    clew.prepare(shelf)
    answer = shelf.ask(f"When was {secret} seen?", strategy="retrieve")
    assert secret in (answer.text or "")
    clew.catalogue.remove([str(paths[-1])])
    clew.close()
    for file in (tmp_path / "library").rglob("*"):
        assert secret.encode() not in (file.read_bytes() if file.is_file() else b""), file


def test_removing_while_another_asks(clew: Clew, tmp_path: Path) -> None:
    paths = write(tmp_path, one=STORY, two="Another text.")
    clew.open(paths, listed=True)
    shelf = clew.listed()
    clew.library.texts._contents._held.clear()
    with Clew(library=clew.library.folder) as other:
        other.catalogue.remove([str(paths[0])])
    with pytest.raises(DocumentError, match="was removed"):
        shelf.ask("Who was the first keeper?")
    assert clew.listed().ask("What is this?").documents[0].document.endswith("two.md")


def test_a_pattern_chooses_by_path_by_name_or_by_its_last_part(clew: Clew, tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    paths = write(tmp_path, one=STORY) + write(tmp_path / "reports", y2023="A.", y2024="B.", z="C.")
    clew.open(paths, listed=True)

    def chosen(pattern: str) -> list[str]:
        return [Path(book.name).stem for book in clew.listed(pattern).books.values()]

    assert chosen("*/reports/*") == ["y2023", "y2024", "z"]
    assert chosen("y*.md") == ["y2023", "y2024"]
    assert chosen(str(paths[0])) == ["one"]
    with pytest.raises(SettingsError, match=r"no listed document matches \*\.pdf") as error:
        clew.listed("*.pdf")
    assert "one.md" in (error.value.hint or "")
    assert "and 1 other" in (error.value.hint or "")


def test_many_changed_files_are_told_in_few_lines(clew: Clew, tmp_path: Path) -> None:
    paths = write(tmp_path, **{f"n{at}": f"Number {at}." for at in range(12)})
    clew.open(paths, listed=True)
    for path in paths[:10]:
        path.write_text("Changed.")
    clew.trace.notices.clear()
    clew.listed()
    assert len(clew.trace.notices) == NAMED + 1
    assert f"{10 - NAMED} other files: has changed" in clew.trace.notices[-1]


def test_everything_can_be_taken_along(clew: Clew, tmp_path: Path) -> None:
    paths = write(tmp_path, one=STORY, two=STORY)
    clew.open(paths, listed=True)
    clew.library.database.execute("UPDATE files SET path = '/a/../../../escape\n.md' WHERE path = ?", (str(paths[1]),))
    assert clew.catalogue.export(tmp_path / "out") == 2
    rows = [json.loads(line) for line in (tmp_path / "out" / "manifest.jsonl").read_text().splitlines()]
    assert len(rows) == 2
    for row in rows:
        text = (tmp_path / "out" / row["text"]).resolve()
        assert text.is_relative_to(tmp_path / "out")
        assert text.read_bytes() == STORY.encode()
        assert [STORY[h["start"] : h["end"]] for h in row["headings"]] == ["Keepers", "After her"]
        assert row["document_id"] == clew.catalogue.show(str(paths[0])).document
    with pytest.raises(SettingsError, match="not empty"):
        clew.catalogue.export(tmp_path / "out")


def test_a_folder_takes_out_all_files_below_it(clew: Clew, tmp_path: Path) -> None:
    for name in ("junk/a.txt", "junk/below/b.txt", "junkyard/c.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"A text called {name}.")
    clew.open([tmp_path / "junk", tmp_path / "junkyard"], listed=True)
    removed = clew.catalogue.remove([str(tmp_path / "junk")])
    assert (len(removed.files), len(removed.documents)) == (2, 2)
    assert [Path(file.path).name for file in clew.library.files(listed=True)] == ["c.txt"]
