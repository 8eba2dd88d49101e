"""Saving: all or nothing, through links, with the mode kept, and no litter; and a sentence for whatever goes wrong."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from miniflow.errors import FileAccessError, FileFormatError, MiniFlowError
from miniflow.graph.records import GraphRecord, Literal, NodeRecord, Zeros
from miniflow.io import files

RECORD = GraphRecord({"节点": NodeRecord("节点", "Input", (1, 2), (), Literal((1, 2.5)))}, "a title")
OTHER = GraphRecord({}, "another")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "graph.miniflow"


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def refusal(action, *arguments: object) -> str:
    with pytest.raises(FileAccessError) as refused:
        action(*arguments)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_what_is_saved_is_opened_again(path: Path) -> None:
    files.write(path, RECORD)
    assert files.read(path) == RECORD
    assert files.read(str(path)) == RECORD
    assert names(path.parent) == ["graph.miniflow"]


def test_a_new_file_gets_the_mode_that_the_person_wants_for_new_files(path: Path) -> None:
    before = os.umask(0o027)
    try:
        files.write(path, RECORD)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_the_mode_of_a_file_stays_when_it_is_saved_again(path: Path) -> None:
    files.write(path, RECORD)
    path.chmod(0o606)
    files.write(path, OTHER)
    assert stat.S_IMODE(path.stat().st_mode) == 0o606
    assert files.read(path) == OTHER


def test_a_link_stays_a_link_and_the_file_behind_it_is_saved(tmp_path: Path) -> None:
    target, link, second = tmp_path / "deep" / "target", tmp_path / "link", tmp_path / "second"
    target.parent.mkdir()
    files.write(target, RECORD)
    link.symlink_to("deep/target")
    second.symlink_to(link)
    files.write(second, OTHER)
    assert link.is_symlink()
    assert second.is_symlink()
    assert files.read(target) == OTHER
    assert names(tmp_path / "deep") == ["target"]


def test_a_link_to_a_file_that_is_not_there_yet_makes_that_file(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("target")
    files.write(tmp_path / "link", RECORD)
    assert (tmp_path / "link").is_symlink()
    assert files.read(tmp_path / "target") == RECORD


def test_a_read_only_file_is_refused_and_stays_as_it_was(path: Path) -> None:
    files.write(path, RECORD)
    path.chmod(0o444)
    assert "read-only" in refusal(files.write, path, OTHER)
    assert files.read(path) == RECORD
    assert names(path.parent) == ["graph.miniflow"]


@pytest.mark.parametrize("function", ["fsync", "replace", "fchmod"])
def test_a_save_that_fails_half_way_leaves_the_old_file_and_nothing_else(
    path: Path, monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    files.write(path, RECORD)

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, function, fail)
    assert "is full" in refusal(files.write, path, OTHER)
    assert files.read(path) == RECORD
    assert names(path.parent) == ["graph.miniflow"]


def test_an_interrupted_save_leaves_no_litter(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        files.write(path, RECORD)
    assert names(path.parent) == []


def test_the_file_and_its_folder_are_on_the_disk_before_a_save_returns(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[str] = []
    replaced_after: list[int] = []
    fsync, replace = os.fsync, os.replace

    def noted(descriptor: int) -> None:
        flushed.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", noted)
    monkeypatch.setattr(os, "replace", lambda *names: (replaced_after.append(len(flushed)), replace(*names)))
    files.write(path, RECORD)
    assert flushed == ["file", "folder"]
    assert replaced_after == [1]


@pytest.mark.parametrize(
    ("name", "telling"),
    [
        ("missing/graph", "folder"),
        (".", "is a folder"),
        ("loop", "leads back to itself"),
        ("pipe", "not an ordinary file"),
        ("x" * 300, "too long"),
        ("a\0b", "cannot be the name"),
        ("file/graph", "not a folder"),
    ],
)
def test_a_place_where_nothing_can_be_saved_is_told_in_a_sentence(tmp_path: Path, name: str, telling: str) -> None:
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_text("")
    assert telling in refusal(files.write, os.path.join(tmp_path, name), RECORD)
    assert names(tmp_path) == ["file", "loop", "pipe"]


@pytest.mark.parametrize(
    ("name", "telling"),
    [
        ("missing", "no file"),
        (".", "is a folder"),
        ("loop", "leads back to itself"),
        ("x" * 300, "too long"),
        ("a\0b", "cannot be the name"),
        ("\ud800", "cannot be the name"),
        ("/dev/zero", "not an ordinary file"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_a_sentence(tmp_path: Path, name: str, telling: str) -> None:
    (tmp_path / "loop").symlink_to("loop")
    assert telling in refusal(files.read, os.path.join(tmp_path, name))


def test_an_error_of_the_disk_is_told_with_its_reason(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> int:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "open", fail)
    assert refusal(files.read, path) == f"{path} cannot be read: Input/output error."
    assert refusal(files.write, path, RECORD) == f"{path} cannot be saved: Input/output error."


def test_a_pipe_that_nobody_writes_to_does_not_hold_the_program_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FileFormatError):
        files.read(tmp_path / "pipe")


def test_a_file_that_is_too_large_to_open_is_never_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 100)
    assert "larger than" in refusal(files.write, path, RECORD)
    assert not path.exists()


def test_a_file_larger_than_the_limit_is_refused_without_reading_it_whole(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(2**40)
    with pytest.raises(FileFormatError, match="64 MB"):
        files.read(path)


def test_every_failure_is_an_error_of_the_one_family_and_of_the_system(path: Path) -> None:
    with pytest.raises(MiniFlowError):
        files.read(path)
    with pytest.raises(OSError, match="There is no file"):
        files.read(path)


def test_saving_twice_writes_the_same_bytes(path: Path) -> None:
    record = GraphRecord({"x": NodeRecord("x", "Input", None, (), Zeros((3,)))})
    files.write(path, record)
    first = path.read_bytes()
    files.write(path, files.read(path))
    assert path.read_bytes() == first
