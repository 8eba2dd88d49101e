"""The file format: what is read, what is refused and where, and that nothing is lost on the way."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miniflow.errors import FileFormatError
from miniflow.graph.bounds import MAX_NODES
from miniflow.graph.records import (
    DatasetPart,
    GraphRecord,
    Literal,
    NodeRecord,
    Normal,
    Ones,
    TrainingRecord,
    Uniform,
    Zeros,
)
from miniflow.io import json_schema
from miniflow.io.schema import MAX_BYTES, from_text, to_dict, to_text
from tests.miniflow.drawings import records

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "resources" / "examples").glob("*.miniflow"))

AS_IN_THE_CONTRACT = """{
  "format": "miniflow-graph",
  "version": 1,
  "title": "One neuron",
  "nodes": [
    {"id": "X", "type": "Input", "position": [0, 0], "value": [[-1.0, -2.0], [-1.0, -2.0]]},
    {"id": "W", "type": "Input", "position": [0, 120], "value": [[2.0], [3.0]], "trainable": true},
    {"id": "b", "type": "Input", "position": [0, 240], "value": [-3.0], "trainable": true},
    {"id": "y", "type": "Input", "position": [0, 360], "value": [1, 2]},
    {"id": "f", "type": "Linear", "position": [240, 120], "inputs": ["X", "W", "b"]},
    {"id": "a", "type": "Sigmoid", "position": [480, 120], "inputs": ["f"]},
    {"id": "cost", "type": "MSE", "position": [720, 240], "inputs": ["y", "a"]}
  ],
  "output": "cost"
}
"""


def document(*nodes: str, rest: str = "") -> str:
    return f'{{"format": "miniflow-graph", "version": 1, "nodes": [{", ".join(nodes)}]{rest}}}'


def an_input(id: object, rest: str = "") -> str:
    return f'{{"id": "{id}", "type": "Input"{rest}}}'


def holding(value: str) -> str:
    return document(an_input("x", f', "value": {value}'))


def fault_of(text: str | bytes) -> str:
    with pytest.raises(FileFormatError) as refused:
        from_text(text)
    message = str(refused.value)
    assert "\n" not in message
    assert 10 < len(message) < 300
    return message


# --- what is read -----------------------------------------------------------------------------------------------------


def test_a_file_that_nobody_changed_is_written_as_it_was_read() -> None:
    assert to_text(from_text(AS_IN_THE_CONTRACT)) == AS_IN_THE_CONTRACT
    assert json.loads(AS_IN_THE_CONTRACT) == to_dict(from_text(AS_IN_THE_CONTRACT))


@pytest.mark.parametrize("columns", [0, 1, 999, 1000, 1001, 2500])
def test_many_numbers_are_written_as_few_are_in_one_line(columns: int) -> None:
    row = tuple(number / 8 for number in range(columns))
    for data in (row, (row, row), ((row,), (row,))):
        text = to_text(GraphRecord({"x": NodeRecord("x", "Input", value=Literal(data))}))
        assert f'{{"id": "x", "type": "Input", "value": {json.dumps(data)}}}\n' in text


def test_nodes_keep_the_order_of_the_file_and_numbers_stay_as_they_were_written() -> None:
    record = from_text(AS_IN_THE_CONTRACT)
    assert list(record.nodes) == ["X", "W", "b", "y", "f", "a", "cost"]
    assert record.nodes["y"] == NodeRecord("y", "Input", (0, 360), (), Literal((1, 2)))
    assert [type(number) for number in record.nodes["y"].value.data] == [int, int]
    assert record.nodes["f"].inputs == ("X", "W", "b")
    assert (record.title, record.output, record.training) == ("One neuron", "cost", None)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("3", Literal(3)),
        ("[[1, 2.5], [3, 4]]", Literal(((1, 2.5), (3, 4)))),
        ("[]", Literal(())),
        ('{"zeros": [10]}', Zeros((10,))),
        ('{"ones": []}', Ones(())),
        ('{"normal": [13, 10]}', Normal((13, 10), 0, 1.0)),
        ('{"normal": [13, 10], "seed": 1, "scale": 0.5}', Normal((13, 10), 1, 0.5)),
        ('{"uniform": [2]}', Uniform((2,), 0, -1.0, 1.0)),
        ('{"uniform": [2], "seed": 3, "low": 0, "high": 2}', Uniform((2,), 3, 0, 2)),
        ('{"dataset": "boston", "part": "target"}', DatasetPart("boston", "target")),
    ],
)
def test_every_form_of_a_value_is_read(written: str, value: object) -> None:
    assert from_text(holding(written)).nodes["x"].value == value


@pytest.mark.parametrize(
    "written",
    [
        '{"normal": [2], "seed": 1, "scale": 2}',
        '{"uniform": [2], "seed": 0, "low": 0, "high": 1.0}',
        "[1, 1.0, 1e+300, 123456789012345678901234567890]",
    ],
)
def test_a_whole_number_stays_whole(written: str) -> None:
    assert f'"value": {written}' in to_text(from_text(holding(written)))


def test_settings_that_are_left_out_are_the_defaults() -> None:
    assert from_text(document(rest=', "training": {}')).training == TrainingRecord(0.01, 10, 11, 0)
    assert from_text(document(rest=', "training": {"epochs": 3}')).training == TrainingRecord(epochs=3)


@pytest.mark.parametrize(
    "unfinished",
    [
        document(),
        document('{"id": "l", "type": "Linear"}'),
        document('{"id": "l", "type": "Linear", "inputs": [null, "l", null]}'),
        document('{"id": "x", "type": "Input"}'),
        document('{"id": "a", "type": "Sigmoid", "inputs": ["b"]}', '{"id": "b", "type": "Sigmoid", "inputs": ["a"]}'),
        document(rest=', "output": "nobody"'),
        holding('{"dataset": "no such data", "part": "features"}'),
    ],
)
def test_what_is_only_unfinished_is_opened(unfinished: str) -> None:
    record = from_text(unfinished)
    assert to_text(from_text(to_text(record))) == to_text(record)


def test_a_port_that_is_free_at_the_end_is_the_same_as_one_that_is_left_out() -> None:
    short = document('{"id": "l", "type": "Linear", "inputs": ["l"]}')
    long = document('{"id": "l", "type": "Linear", "inputs": ["l", null, null]}')
    assert from_text(short) == from_text(long)


def test_a_byte_order_mark_is_allowed() -> None:
    expected = from_text(AS_IN_THE_CONTRACT)
    assert from_text("\ufeff" + AS_IN_THE_CONTRACT) == expected
    assert from_text(b"\xef\xbb\xbf" + AS_IN_THE_CONTRACT.encode()) == expected


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("malformed", "telling"),
    [
        ("", "line 1"),
        ("[1, 2", "line 1"),
        ("[]", "not a MiniFlow document"),
        ("null", "not a MiniFlow document"),
        ('{"version": 1, "nodes": []}', "format"),
        ('{"format": "miniflow-graph", "nodes": []}', "version"),
        ('{"format": "miniflow-graph", "version": 1}', "nodes"),
        ('{"format": "miniflow-graph", "version": 0, "nodes": []}', "version is 0"),
        ('{"format": "miniflow-graph", "version": true, "nodes": []}', "version"),
        ('{"format": "miniflow-graph", "version": 1.0, "nodes": []}', "version"),
        (document('{"id": "x"}'), "type"),
        (document('{"type": "Input"}'), "id"),
        (document('{"id": "x", "type": "Convolution"}'), "Convolution"),
        (document('{"id": "x", "type": "Input", "colour": 1}'), "colour"),
        (document(rest=', "remarks": []'), "remarks"),
        (document('{"id": 3, "type": "Input"}'), "nodes[0].id"),
        (document('{"id": "x", "type": "Input", "position": [1]}'), "position (x)"),
        (document('{"id": "x", "type": "Input", "position": null}'), "position (x)"),
        (document('{"id": "x", "type": "Input", "trainable": 1}'), "trainable (x)"),
        (document('{"id": "x", "type": "Input"}', '{"id": "x", "type": "Input"}'), "nodes[1].id (x)"),
        (document('{"id": "x", "id": "y", "type": "Input"}'), "id"),
        (document('{"id": "s", "type": "Sigmoid", "inputs": ["t"]}'), "no node t"),
        (document('{"id": "s", "type": "Sigmoid", "inputs": ["s", "s"]}'), "1 input port, but 2 wires come"),
        (document('{"id": "s", "type": "Sigmoid", "inputs": [[]]}'), "inputs[0]"),
        (document('{"id": "s", "type": "Sigmoid", "value": 1}'), "Only an Input"),
        (document('{"id": "s", "type": "Sigmoid", "trainable": true}'), "Only an Input"),
        (document(rest=', "title": 3'), "title"),
        (document(rest=', "output": null'), "output"),
        (document(rest=', "training": []'), "training"),
    ],
)
def test_a_malformed_document_is_refused_with_a_sentence_that_says_where(malformed: str, telling: str) -> None:
    assert telling in fault_of(malformed)


NO_NUMBERS = ["NaN", "[Infinity]", "-Infinity", "1e400", "[-1E+999]", "1" + "0" * 400, "true", "[false]", "null", '"3"']
RAGGED = ["[[1, 2], [3]]", "[1, [2]]", "[[1], 2]", "[[], [1]]", "[[[1]], [[1, 2]]]", "[null]", '["1"]']
NO_FORMS = ["{}", '{"zeros": 3}', '{"zeros": [-1]}', '{"zeros": [1.0]}', '{"zeros": [2], "ones": [2]}']
NO_RANDOM = ['{"normal": [2], "seed": -1}', '{"normal": [true]}', '{"normal": [2], "scale": "1"}']
NO_RANGES = [
    '{"normal": [2], "scale": -1}',
    '{"uniform": [1], "low": -1e308, "high": 1e308}',
    '{"uniform": [1], "low": 1, "high": 0}',
    '{"zeros": [2], "seed": 1}',
]
NO_DATA = ['{"dataset": "xor"}', '{"dataset": "xor", "part": "rows"}', '{"dataset": 1, "part": "target"}']


@pytest.mark.parametrize("value", [*NO_NUMBERS, *RAGGED, *NO_FORMS, *NO_RANDOM, *NO_RANGES, *NO_DATA])
def test_a_value_that_is_none_is_refused(value: str) -> None:
    fault_of(holding(value))


@pytest.mark.parametrize(
    "id", ["", " x", "x ", "\\u00a0x", "a\\nb", "a\\tb", "a\\u0000", "\\u2028", "\\ud800", "x" * 201]
)
def test_a_name_that_could_not_be_shown_is_refused(id: str) -> None:
    fault_of(document(an_input(id)))


@pytest.mark.parametrize("id", ["x" * 200, "W₁", "节点", "a b", "\\ud83d\\ude00", "<b>&amp;", "null", "#", "é"])
def test_a_name_may_be_anything_else(id: str) -> None:
    assert len(from_text(document(an_input(id))).nodes) == 1


RATES = ['"learning_rate": 0', '"learning_rate": -1', '"learning_rate": true', '"learning_rate": 1e9']
COUNTS = [
    '"epochs": 0',
    '"epochs": 1.0',
    '"epochs": 1e3',
    '"epochs": 10000000',
    '"batch_size": 0',
    '"batch_size": "11"',
]
SEEDS = ['"seed": -1', '"seed": 9223372036854775808', '"momentum": 0.9']


@pytest.mark.parametrize("setting", [*RATES, *COUNTS, *SEEDS])
def test_a_training_setting_out_of_range_is_refused(setting: str) -> None:
    assert "training" in fault_of(document(rest=f', "training": {{{setting}}}'))


@pytest.mark.parametrize("number", ["1e400", "-1e400", "9" * 400, "9" * 5000, "NaN"])
@pytest.mark.parametrize(
    "place",
    [
        document('{"id": "x", "type": "Input", "position": [0, @]}'),
        holding("@"),
        holding("[[1, @]]"),
        holding('{"normal": [2], "scale": @}'),
        holding('{"uniform": [2], "low": @}'),
        holding('{"zeros": [@]}'),
        document(rest=', "training": {"learning_rate": @}'),
        document(rest=', "training": {"seed": @}'),
    ],
)
def test_a_number_that_overflows_is_refused_wherever_it_stands(place: str, number: str) -> None:
    fault_of(place.replace("@", number))


def test_a_newer_file_is_refused_as_such_whatever_else_is_in_it() -> None:
    newer = '{"format": "miniflow-graph", "version": 2, '
    for rest in ('"nodes": "many"}', '"nodes": NaN}', '"nodes": [], "nodes": []}', "this is no JSON", "[" * 100_000):
        assert "newer version" in fault_of(newer + rest)
    assert "newer version" in fault_of((newer + '"nodes": []}').encode() + b"\xff")
    assert "newer version" in fault_of('{"nodes": [{"no": "id"}], "version": 99, "format": "miniflow-graph"}')


def test_half_a_character_is_refused_and_two_halves_are_one() -> None:
    assert "half a character" in fault_of(document(rest=r', "title": "\ud800"'))
    assert "half a character" in fault_of(document(rest=', "title": "\ud800"'))
    assert from_text(document(rest=r', "title": "\ud83d\ude00"')).title == "😀"


def test_what_is_no_number_is_called_by_its_name() -> None:
    for name in ("NaN", "Infinity", "-Infinity"):
        assert fault_of(holding(name)).startswith(f"{name} is not a number")


def test_a_text_that_is_not_utf8_is_refused() -> None:
    assert "UTF-8" in fault_of(AS_IN_THE_CONTRACT.encode("utf-16"))
    assert "UTF-8" in fault_of(document(rest=', "title": "').encode() + b'\xe4"}')


def test_what_is_over_a_limit_is_refused() -> None:
    assert "nested" in fault_of(holding("[" * 62 + "1" + "]" * 62))
    assert "nested" in fault_of(holding("[" * 100_000))
    assert "too large" in fault_of(holding('{"zeros": [10000, 1001]}'))
    assert "10000000 numbers" in fault_of(document(*(an_input(id, ', "value": {"ones": [5000, 1001]}') for id in "ab")))
    assert str(MAX_NODES) in fault_of(document(*map(an_input, range(MAX_NODES + 1))))
    assert "64 MB" in fault_of(b" " * (MAX_BYTES + 1))


def test_what_is_just_under_a_limit_is_read() -> None:
    from_text(holding("[" * 61 + "1" + "]" * 61))
    from_text(holding('{"zeros": [10000, 1000]}'))
    from_text(document(*map(an_input, range(MAX_NODES))))


# --- properties -------------------------------------------------------------------------------------------------------


@settings(max_examples=200, deadline=None)
@given(records())
def test_writing_and_reading_gives_the_same_document(record) -> None:
    text = to_text(record)
    assert from_text(text) == record
    assert to_text(from_text(text)) == text
    assert to_dict(record) == json.loads(text), "plain dictionaries and lists"


@settings(max_examples=200, deadline=None)
@given(records())
def test_each_node_and_each_note_has_a_line_of_its_own(record) -> None:
    lines = to_text(record).split("\n")
    ids = [json.loads(line.rstrip(","))["id"] for line in lines if line.startswith("    {")]
    assert ids == [*record.nodes, *record.notes]


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_a_damaged_file_gives_one_sentence_and_never_anything_else(data) -> None:
    content = bytearray(data.draw(st.sampled_from(EXAMPLES)).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        junk = data.draw(st.sampled_from([b"", b'"', b"[", b"]", b"{", b"}", b",", b":", b"-", b"9", b"null", b"\xff"]))
        content[place : place + data.draw(st.integers(0, 3))] = junk
    try:
        record = from_text(bytes(content))
    except FileFormatError:
        fault_of(bytes(content))
    else:
        assert from_text(to_text(record)) == record


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=400, deadline=None)
@given(st.data(), json_values)
def test_a_field_of_any_other_type_gives_one_sentence(data, anything) -> None:
    plain = json.loads(AS_IN_THE_CONTRACT) | {"training": {"epochs": 3}}
    owner = data.draw(st.sampled_from([plain, plain["training"], *plain["nodes"]]))
    owner[data.draw(st.sampled_from([*owner, "value", "another"]))] = anything
    try:
        from_text(json.dumps(plain))
    except FileFormatError:
        fault_of(json.dumps(plain))


# --- the JSON Schema --------------------------------------------------------------------------------------------------


def test_the_shipped_json_schema_is_the_one_of_the_types() -> None:
    shipped = json_schema.PATH.read_text(encoding="utf-8")
    assert shipped == json_schema.schema_text(), "run python -m miniflow.io.json_schema"


@settings(max_examples=100, deadline=None)
@given(records())
def test_whatever_is_written_satisfies_the_json_schema(record) -> None:
    jsonschema.Draft202012Validator(json_schema.json_schema()).validate(json.loads(to_text(record)))


@pytest.mark.parametrize(
    "malformed",
    [
        '{"id": "x", "type": "Input", "colour": 1}',
        '{"id": " x", "type": "Input"}',
        '{"id": "x", "value": {"zeros": 3}}',
        '{"id": "x", "type": "Input", "value": "3"}',
        '{"id": "x", "type": "Input", "position": [1]}',
    ],
)
def test_the_json_schema_refuses_what_the_reader_refuses(malformed: str) -> None:
    schema = jsonschema.Draft202012Validator(json_schema.json_schema())
    fault_of(document(malformed))
    assert not schema.is_valid(json.loads(document(malformed)))


def with_value(value: str) -> str:
    """A document with one Input of this value."""
    nodes = f'[{{"id": "x", "type": "Input", "value": {value}}}]'
    return f'{{"format": "miniflow-graph", "version": 1, "nodes": {nodes}}}'


def with_rest(rest: str) -> str:
    """A document without nodes, with some more keys."""
    return f'{{"format": "miniflow-graph", "version": 1, "nodes": [], {rest}}}'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (with_value("[1, [2]]"), "a list stands where a number belongs"),
        (with_value("[[1], 2]"), "2 stands where a list belongs"),
        (with_value("[[1, 2], [3]]"), "the first has 2, another has 1"),
        (with_value('{"zeros": 2}'), "zeros (x) is a whole number, where a list belongs"),
        (with_value('{"normal": [2], "scale": -1}'), "must be at least 0"),
        (with_rest('"training": {"learning_rate": 0}'), "must be a number above 0, and 1,000,000 at the most"),
        (with_rest('"training": {"learning_rate": "a"}'), "learning_rate is text, where a number belongs"),
        (with_rest('"training": {"epochs": 0}'), "epochs is out of range: it must be at least 1"),
        (with_value('1, "inputs": [""]'), 'There is no node "".'),
    ],
)  # fmt: skip
def test_a_fault_is_told_in_words(text: str, sentence: str) -> None:
    with pytest.raises(FileFormatError) as told:
        from_text(text)
    assert sentence in str(told.value)


@pytest.mark.parametrize(
    "text",
    [
        '{"version": 2, "format": "miniflow-graph", "nodes": [',
        '{"title": "a \\" b", "lit": true, "format": "miniflow-graph", "scale": -1.5e3, "version": 7, "nodes": <new>}',
        '\ufeff{"format":"miniflow-graph","version":2',
    ],
)
def test_a_newer_version_is_seen_wherever_it_stands_before_what_cannot_be_read(text: str) -> None:
    for content in (text, text.encode()):
        with pytest.raises(FileFormatError, match="newer version"):
            from_text(content)
