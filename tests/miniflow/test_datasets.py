"""The data sets: what every one of them promises, and what is known of those that are shipped."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import miniflow.dataset
from miniflow.catalogue import datasets
from miniflow.dataset import CsvDataset, Dataset
from miniflow.errors import DatasetError

ROOT = Path(__file__).resolve().parents[2]
ALL = list(datasets().values())
every_dataset = pytest.mark.parametrize("dataset", ALL, ids=lambda dataset: dataset.name)


@every_dataset
def test_features_are_normalised_as_in_the_lesson(dataset: Dataset) -> None:
    measured = dataset.table()[:, :-1]
    np.testing.assert_array_equal(dataset.features(), (measured - np.mean(measured, axis=0)) / np.std(measured, axis=0))
    np.testing.assert_allclose(dataset.features().mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(dataset.features().std(axis=0), 1, atol=1e-12)


@every_dataset
def test_the_target_is_a_raw_column(dataset: Dataset) -> None:
    assert dataset.target().shape == (dataset.rows, 1)
    np.testing.assert_array_equal(dataset.target()[:, 0], dataset.table()[:, -1])


@every_dataset
def test_shapes_are_known_and_every_column_has_a_name(dataset: Dataset) -> None:
    assert dataset.shape("features") == dataset.features().shape == (dataset.rows, len(dataset.feature_names))
    assert dataset.shape("target") == dataset.target().shape
    assert len(set(dataset.feature_names)) == dataset.columns
    assert dataset.part("features") is dataset.features()
    assert dataset.part("target") is dataset.target()


@every_dataset
def test_a_person_can_read_what_it_is_and_where_it_comes_from(dataset: Dataset) -> None:
    for text in (dataset.title, dataset.description, dataset.source, dataset.target_name):
        assert text.strip()


@every_dataset
def test_nobody_can_change_the_numbers_for_the_others(dataset: Dataset) -> None:
    for array in (dataset.features(), dataset.target()):
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 3.0


@pytest.mark.parametrize(
    ("name", "shape", "first", "last"),
    [
        ("boston", (506, 13), (0.00632, 24.0), (0.04741, 11.9)),
        ("diabetes", (442, 10), (59.0, 151.0), (36.0, 57.0)),
        ("xor", (4, 2), (0.0, 0.0), (1.0, 0.0)),
    ],
)
def test_the_published_numbers_are_all_there(name: str, shape: tuple[int, int], first, last) -> None:
    table = datasets()[name].table()
    assert datasets()[name].features().shape == shape
    assert [(row[0], row[-1]) for row in (table[0], table[-1])] == [first, last]


def test_the_header_of_each_file_names_its_columns() -> None:
    for dataset in ALL:
        if isinstance(dataset, CsvDataset):
            header = Path(miniflow.dataset.FOLDER, dataset.filename).read_text(encoding="utf-8").splitlines()[0]
            assert header.split(",") == [*dataset.feature_names, dataset.target_name]


def test_xor_is_either_or_but_not_both() -> None:
    features, target = datasets()["xor"].features(), datasets()["xor"].target()
    np.testing.assert_array_equal(features, [[-1, -1], [-1, 1], [1, -1], [1, 1]])
    np.testing.assert_array_equal(target, [[0], [1], [1], [0]])


def test_the_description_of_boston_says_what_is_wrong_with_it() -> None:
    description = datasets()["boston"].description
    assert "racist" in description
    assert "diabetes" in description


def test_data_is_found_from_any_folder(tmp_path: Path) -> None:
    program = "from miniflow.catalogue import datasets; print(datasets()['boston'].features().shape)"
    answer = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.stdout, answer.stderr) == ("(506, 13)\n", "")


class Constant(Dataset):
    """Two features, of which the first never changes."""

    name = "constant"
    feature_names = ("same", "other")

    def table(self) -> miniflow.dataset.Table:
        return np.array([[7.0, 1.0, 0.0], [7.0, 3.0, 1.0]])


def test_a_column_that_never_changes_becomes_zeros() -> None:
    np.testing.assert_array_equal(Constant().features(), [[0, -1], [0, 1]])


def test_a_table_that_does_not_fit_its_names_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Constant, "feature_names", ("only one",))
    with pytest.raises(DatasetError, match="constant"):
        Constant().features()


def test_a_file_that_is_gone_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(miniflow.dataset, "FOLDER", str(tmp_path))
    with pytest.raises(DatasetError, match=r"boston\.csv"):
        type(datasets()["boston"])().features()


def test_a_file_dropped_into_the_folder_is_a_data_set(tmp_path: Path) -> None:
    (tmp_path / "ramp.py").write_text(
        "import numpy as np\nfrom miniflow.dataset import Dataset\n"
        "class Ramp(Dataset):\n    name = 'ramp'\n    feature_names = ('x',)\n"
        "    def table(self):\n        return np.array([[0.0, 1.0], [1.0, 2.0]])\n"
    )
    program = (
        f"import miniflow.datasets; miniflow.datasets.__path__.append({str(tmp_path)!r})\n"
        "from miniflow.catalogue import datasets\n"
        "print(sorted(datasets()), datasets()['ramp'].target().tolist())"
    )
    answer = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.stdout == "['boston', 'diabetes', 'ramp', 'xor'] [[1.0], [2.0]]\n", answer.stderr
