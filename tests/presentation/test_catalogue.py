"""The palette and the list that answers to typing."""

from __future__ import annotations

import pytest

from gui.presentation.catalogue import entries, search, sections
from gui.presentation.dense import dense_entries
from miniflow.catalogue import node_classes


def names(query: str) -> list[str]:
    return [entry.name for entry in search(query)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lin", "Linear"),
        ("LINEAR ", "Linear"),
        ("+", "Add"),
        ("*", "Mul"),
        ("×", "Mul"),
        ("-", "Sub"),
        ("−", "Sub"),
        ("sig", "Sigmoid"),
        ("σ", "Sigmoid"),
        ("Σ", "Sigmoid"),
        ("x^2", "Square"),
        ("²", "Square"),
        ("l", "Linear"),
        ("s", "Sigmoid"),
        ("w", "Trainable"),
        ("b", "Trainable"),
        ("relu", "ReLU"),
        ("train", "Trainable"),
        ("par", "Trainable"),
        ("squared error", "MSE"),
        ("bias", "Trainable"),
        ("loss", "MSE"),
        ("cost", "MSE"),
        ("multiply", "Mul"),
        ("mult", "Mul"),
        ("plus", "Add"),
        ("weight", "Trainable"),
        ("weights", "Trainable"),
        ("data", "Input"),
        ("boston", "Boston housing: features"),
        ("boston target", "Boston housing: target"),
        ("target xor", "XOR: target"),
    ],
)
def test_what_is_typed_finds_what_is_meant_first(typed: str, meant: str) -> None:
    assert names(typed)[0] == meant


def test_a_name_counts_more_than_the_words_of_what_a_node_does() -> None:
    assert names("in")[:3] == ["Input", "Trainable", "Linear"]


def test_names_that_begin_so_come_before_other_words_and_symbols() -> None:
    assert names("l")[0] == "Linear"
    assert "MSE" in names("l")
    assert names("m")[:2] == ["Mul", "MSE"]
    assert names("su")[:2] == ["Sub", "Add"]


def test_a_letter_that_is_one_symbol_and_typed_for_another_finds_both() -> None:
    assert names("x")[:2] == ["Input", "Mul"]


def test_names_and_purposes_are_found_in_the_persons_language_too() -> None:
    spoken = {"Linear": "线性", node_classes()["MSE"].summary: "目标与预测的均方误差。"}
    for typed, meant in (("线", "Linear"), ("误差", "MSE"), ("lin", "Linear")):
        assert search(typed, spoken=lambda words: spoken.get(words, words))[0].name == meant


@pytest.mark.parametrize("typed", ["dense", "layer", "dense 10", "dense layer 3 sig", "linear 10", "lin 4 tanh"])
def test_a_layer_is_typed_with_its_width_and_what_follows(typed: str) -> None:
    assert [entry.type for entry in dense_entries(typed)] == ["Linear"]


@pytest.mark.parametrize("typed", ["lin", "linear", "d", "dense ten", "mse 3"])
def test_what_names_no_layer_offers_none(typed: str) -> None:
    assert dense_entries(typed) == []


def test_nothing_typed_lists_everything_and_nonsense_nothing() -> None:
    assert names("") == list(entries())
    assert names("qqq") == []
    assert names("linear qqq") == []


def test_only_what_fits_is_offered() -> None:
    found = search("", lambda entry: entry.type != "Input")
    assert {"Input", "Trainable"} & {entry.name for entry in found} == set()
    assert found


def test_the_sections_come_in_the_order_of_a_lesson_and_hold_every_node_class() -> None:
    assert list(sections())[:5] == ["Inputs", "Arithmetic", "Layers", "Activations", "Cost"]
    assert {entry.type for group in sections().values() for entry in group} == set(node_classes())


def test_a_trainable_is_an_input_that_is_trained() -> None:
    inputs = {entry.name: (entry.type, entry.trainable) for entry in sections()["Inputs"]}
    assert inputs == {"Input": ("Input", False), "Trainable": ("Input", True)}


@pytest.mark.parametrize("name", entries())
def test_every_entry_says_what_it_does_in_one_line_and_is_found_by_its_own_name(name: str) -> None:
    entry = entries()[name]
    assert entry.summary.endswith(".")
    assert "\n" not in entry.summary
    assert search(name)[0] == entry
