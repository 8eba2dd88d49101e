"""The command line: what it prints, its exit statuses, and that nothing around it changes a byte."""

from __future__ import annotations

import gc
import json
import math
import os
import subprocess
import sys
from pathlib import Path

import pytest

from miniflow.__main__ import main

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "resources" / "examples"
ONE_NEURON = EXAMPLES / "one-neuron.miniflow"
BOSTON = EXAMPLES / "boston.miniflow"


class Answer:
    """What a command said."""

    def __init__(self, finished: subprocess.CompletedProcess[bytes]) -> None:
        self.status = finished.returncode
        self.output = finished.stdout
        self.text = finished.stdout.decode("utf-8")
        self.fault = finished.stderr.decode("utf-8")


def miniflow(*arguments: object, cwd: Path = ROOT, **environment: str) -> Answer:
    return Answer(
        subprocess.run(
            [sys.executable, "-m", "miniflow", *map(str, arguments)],
            cwd=cwd,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment},
            capture_output=True,
            check=False,
        )
    )


def succeeding(*arguments: object, **rest) -> str:
    answer = miniflow(*arguments, **rest)
    assert (answer.status, answer.fault) == (0, "")
    return answer.text


def failing(status: int, *arguments: object) -> str:
    answer = miniflow(*arguments)
    assert answer.status == status, answer.fault
    assert answer.fault.count("\n") == 1
    assert answer.fault.endswith("\n")
    assert "Traceback" not in answer.fault
    return answer.fault


@pytest.fixture
def drawn(tmp_path: Path):
    def write(*nodes: str, rest: str = "") -> Path:
        path = tmp_path / "drawn.miniflow"
        text = f'{{"format": "miniflow-graph", "version": 1, "nodes": [{", ".join(nodes)}]{rest}}}'
        path.write_text(text, encoding="utf-8")
        return path

    return write


def an_input(id: str, value: str) -> str:
    return f'{{"id": "{id}", "type": "Input", "value": {value}}}'


def an_operation(id: str, kind: str, *inputs: str) -> str:
    return json.dumps({"id": id, "type": kind, "inputs": inputs})


CIRCLE = an_operation("c", "Sigmoid", "c")


# --- order ------------------------------------------------------------------------------------------------------------


def test_order_prints_one_id_a_line() -> None:
    assert succeeding("order", ONE_NEURON) == "X\nW\nb\ny\nf\na\ncost\n"


def test_order_has_the_whole_graph_also_where_it_is_unfinished(drawn) -> None:
    path = drawn(
        an_operation("l", "Linear", "x"),
        '{"id": "x", "type": "Input"}',
        an_operation("s", "Sigmoid"),
        an_operation("m", "MSE", "l", "s"),
        rest=', "output": "nobody"',
    )
    assert succeeding("order", path) == "x\ns\nl\nm\n"


def test_order_stops_before_a_cycle_and_names_it(drawn) -> None:
    path = drawn(an_input("x", "1"), an_operation("a", "Add", "x", "b"), an_operation("b", "Tanh", "a"))
    answer = miniflow("order", path)
    assert (answer.status, answer.text) == (1, "x\n")
    assert "a → b → a" in failing(1, "order", path)


# --- run --------------------------------------------------------------------------------------------------------------


def test_run_prints_every_value_and_every_gradient() -> None:
    text = succeeding("run", ONE_NEURON)
    assert "cost = 2.49994" in text
    assert "d cost / d b = shape (1,)\n[-5.01028709e-05]\n" in text


def test_run_as_json_has_exactly_the_promised_keys() -> None:
    answer = json.loads(succeeding("run", ONE_NEURON, "--json"))
    assert list(answer) == ["order", "output", "values", "gradients"]
    assert answer["order"] == ["X", "W", "b", "y", "f", "a", "cost"]
    assert answer["output"] == "cost"
    assert set(answer["values"]) == set(answer["gradients"]) == set(answer["order"])
    assert answer["gradients"]["cost"] == 1.0
    assert answer["values"]["y"] == [1.0, 2.0]
    assert answer["gradients"]["y"] == pytest.approx([0.9999833, 1.9999833], rel=1e-7)


def test_run_leaves_out_what_the_output_does_not_need_and_cannot_be_computed(drawn) -> None:
    path = drawn(
        an_input("x", "2"),
        an_operation("free", "Linear", "x"),
        an_input("spare", "[1, 2]"),
        an_operation("square", "Square", "x"),
        rest=', "output": "square"',
    )
    answer = json.loads(succeeding("run", path, "--json"))
    assert answer["order"] == ["x", "spare", "square"]
    assert answer["gradients"] == {"x": 4.0, "spare": [0.0, 0.0], "square": 1.0}


def test_numbers_that_json_does_not_know_are_words(drawn) -> None:
    path = drawn(
        an_input("x", "[1e200, -1e200, 0]"),
        an_input("y", "[1e200, 1e200, 0]"),
        an_operation("big", "Mul", "x", "y"),
        an_operation("odd", "Sub", "big", "big"),
    )
    answer = json.loads(succeeding("run", path, "--json"), parse_constant=lambda name: pytest.fail(name))
    assert answer["values"]["big"] == ["inf", "-inf", 0.0]
    assert answer["values"]["odd"] == ["nan", "nan", 0.0]


# --- train ------------------------------------------------------------------------------------------------------------


def test_train_prints_the_lessons_own_lines_and_goes_where_the_lesson_goes() -> None:
    lines = succeeding("train", BOSTON).splitlines()
    assert lines[0] == "Total number of examples = 506"
    losses = [float(line.split("Loss: ")[1]) for line in lines[1:]]
    assert lines[1:] == [f"Epoch: {epoch}, Loss: {loss:.3f}" for epoch, loss in enumerate(losses, start=1)]
    assert len(losses) == 10
    assert 120 < losses[0] < 140
    assert 15 < losses[-1] < 20


def test_train_as_json_has_exactly_the_promised_keys() -> None:
    answer = json.loads(succeeding("train", BOSTON, "--json", "--epochs", 2))
    assert list(answer) == ["losses", "values", "seed"]
    assert [type(loss) for loss in answer["losses"]] == [float, float]
    assert list(answer["values"]) == ["W1", "b1", "W2", "b2"]
    assert len(answer["values"]["W1"]) == 13
    assert answer["seed"] == 0


def test_the_options_of_train_replace_the_settings_of_the_file() -> None:
    base = json.loads(succeeding("train", BOSTON, "--json", "--epochs", 1))
    for option, value in (("--batch-size", 50), ("--learning-rate", "1e-3"), ("--seed", 7)):
        other = json.loads(succeeding("train", BOSTON, "--json", "--epochs", 1, option, value))
        assert other["losses"] != base["losses"]
    assert other["seed"] == 7


def test_the_seed_governs_the_batches_and_leaves_the_first_values_alone(drawn) -> None:
    record = BOSTON.read_text(encoding="utf-8").replace('"seed": 0}', '"seed": 7}')
    path = drawn()
    path.write_text(record, encoding="utf-8")
    assert succeeding("train", path, "--json") == succeeding("train", BOSTON, "--json", "--seed", 7)


def test_without_data_every_batch_is_the_values_as_they_stand() -> None:
    lines = succeeding("train", EXAMPLES / "step-by-step.miniflow", "--epochs", 2).splitlines()
    assert lines == ["Total number of examples = 1", "Epoch: 1, Loss: 0.298", "Epoch: 2, Loss: 0.280"]


def test_what_the_output_does_not_need_does_not_disturb_the_training(drawn) -> None:
    path = drawn()
    text = BOSTON.read_text(encoding="utf-8").replace(
        '"nodes": [\n',
        '"nodes": [\n'
        + an_input("all", '{"ones": [506, 13]}')
        + ",\n"
        + an_operation("side", "Add", "X", "all")
        + ',\n{"id": "spare", "type": "Input", "value": [1, 2], "trainable": true},\n',
    )
    path.write_text(text, encoding="utf-8")
    answer = json.loads(succeeding("train", path, "--json"))
    assert answer["losses"] == json.loads(succeeding("train", BOSTON, "--json"))["losses"]
    assert answer["values"]["spare"] == [1.0, 2.0]


def test_a_training_that_diverges_says_where_and_fails() -> None:
    fault = failing(1, "train", BOSTON, "--learning-rate", "100")
    assert "diverged in epoch" in fault


def test_a_training_that_cannot_even_start_does_not_blame_the_learning_rate(drawn) -> None:
    path = drawn('{"id": "w", "type": "Input", "value": 1e200, "trainable": true}', an_operation("s", "Square", "w"))
    fault = failing(1, "train", path)
    assert "s is the first to hold inf," in fault
    assert "learning rate" not in fault


@pytest.mark.parametrize("rest", ["", "--json"])
def test_without_a_trainable_there_is_nothing_to_train(drawn, rest: str) -> None:
    path = drawn(an_input("x", "1"), an_operation("s", "Square", "x"))
    assert "nothing to train" in failing(1, "train", path, *rest.split())
    assert miniflow("train", path).output == b""


@pytest.mark.parametrize("command", ["run", "train", "check"])
def test_no_command_tells_to_click(drawn, command: str) -> None:
    assert "click" not in failing(1, command, drawn('{"id": "x", "type": "Input"}', an_operation("s", "Square", "x")))


# --- check ------------------------------------------------------------------------------------------------------------


def test_check_compares_every_node() -> None:
    answer = json.loads(succeeding("check", ONE_NEURON, "--json"))
    assert list(answer) == ["max_relative_error", "nodes"]
    assert set(answer["nodes"]) == {"X", "W", "b", "y", "f", "a", "cost"}
    assert answer["max_relative_error"] == max(answer["nodes"].values()) < 1e-6
    assert "right" in succeeding("check", ONE_NEURON)


def test_check_says_where_numbers_are_not_finite_instead_of_blaming_a_gradient(drawn) -> None:
    path = drawn(an_input("x", "1e200"), an_operation("s", "Square", "x"), an_operation("m", "Sub", "s", "s"))
    fault = failing(1, "check", path)
    assert "s is the first to hold inf or nan" in fault
    assert "consumers" not in fault


def test_check_calls_a_gradient_beside_infinity_neither_right_nor_wrong(drawn) -> None:
    path = drawn(an_input("x", "1.7976931348623157e308"), an_input("c", "1"), an_operation("m", "Mul", "x", "c"))
    fault = failing(1, "check", path)
    assert "The gradient of m cannot be checked: a number is infinite." in fault
    assert "Warning" not in fault


# --- what does not change a byte --------------------------------------------------------------------------------------

WEIRD = [
    {"LC_ALL": "C"},
    {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    {"PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "utf-16"},
    {"PYTHONHASHSEED": "1"},
    {"PYTHONHASHSEED": "77"},
    {"LANG": "de_DE.UTF-8", "LC_NUMERIC": "de_DE.UTF-8"},
]


@pytest.mark.parametrize("environment", WEIRD, ids=str)
def test_the_same_bytes_come_out_in_every_environment(drawn, tmp_path: Path, environment: dict[str, str]) -> None:
    path = drawn(an_input("重量", "[0.5, 2]"), an_input("é", "3"), an_operation("σ", "Mul", "重量", "é"))
    for command in (("order", path), ("run", path), ("run", path, "--json")):
        usual = miniflow(*command, LC_ALL="C.UTF-8")
        other = miniflow(*command, cwd=tmp_path, **environment)
        assert (other.status, other.fault, other.output) == (0, "", usual.output)
    assert "重量" in usual.text


def test_an_error_about_a_chinese_name_is_told_where_only_ascii_can_be_shown(drawn) -> None:
    answer = miniflow("run", drawn('{"id": "重量", "type": "Input"}'), LC_ALL="C", PYTHONIOENCODING="ascii")
    assert answer.status == 1
    assert "重量" in answer.fault


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m miniflow train {BOSTON} | head -1"
    answer = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (answer.stdout, answer.stderr) == ("Total number of examples = 506\n", "")


def test_a_profiler_that_looks_on_has_its_say_at_the_end() -> None:
    command = [sys.executable, "-m", "cProfile", "-m", "miniflow", "order", str(ONE_NEURON)]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.startswith(succeeding("order", ONE_NEURON))
    assert "function calls" in answer.stdout


def test_what_was_written_before_an_interruption_is_not_lost() -> None:
    program = (
        "import builtins, runpy, sys\n"
        "def interrupted(text, end, write=print):\n    write(text, end=end)\n    raise KeyboardInterrupt\n"
        f"builtins.print, sys.argv = interrupted, ['miniflow', 'run', {str(ONE_NEURON)!r}]\n"
        "runpy.run_module('miniflow', run_name='__main__')"
    )
    environment = {key: text for key, text in os.environ.items() if key != "PYTHONUNBUFFERED"}
    answer = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert (answer.returncode, answer.stderr) == (130, "")
    assert answer.stdout.startswith("X = ")
    assert succeeding("run", ONE_NEURON).startswith(answer.stdout)


def test_a_full_disk_behind_the_output_is_told_in_a_line() -> None:
    command = f"{sys.executable} -m miniflow run {ONE_NEURON} > /dev/full"
    answer = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert answer.stderr.count("\n") == 1


@pytest.mark.parametrize("redirection", [">&-", "2>&-", ">&- 2>&-"])
def test_an_output_that_is_closed_is_no_error(redirection: str) -> None:
    command = f"{sys.executable} -m miniflow run {ONE_NEURON} {redirection}"
    answer = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stderr) == (0, "")


def test_a_fault_never_slips_into_the_output() -> None:
    command = f"{sys.executable} -m miniflow run nowhere 2>&-"
    answer = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stdout, answer.stderr) == (3, "", "")


def test_a_reader_that_goes_away_before_a_fault_is_told_hears_only_the_fault(drawn) -> None:
    path = drawn(an_input("x", "1"), *(an_operation(f"s{number}", "Tanh", "x") for number in range(9)), CIRCLE)
    command = f"{sys.executable} -m miniflow order {path} | true"
    answer = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Exception" not in answer.stderr


# --- what goes wrong --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["run", "train", "check"])
def test_a_graph_with_a_problem_ends_with_1_and_names_the_node(drawn, command: str) -> None:
    for node, telling in (
        (an_operation("l", "Linear", "x"), "W of l"),
        (an_operation("l", "Add", "x", "y"), "(3,)"),
        (an_operation("l", "Sigmoid", "l"), "l → l"),
        (an_operation("l", "Sigmoid", "nothing"), "nothing has no value"),
    ):
        path = drawn(an_input("x", "[1, 2]"), an_input("y", "[1, 2, 3]"), '{"id": "nothing", "type": "Input"}', node)
        assert telling in failing(1, command, path)
    assert "empty" in failing(1, command, drawn())
    assert "nobody" in failing(1, command, drawn(an_input("x", "1"), rest=', "output": "nobody"'))
    assert "choose" in failing(1, command, drawn(*(an_operation(id, "Tanh", "x") for id in "ab"), an_input("x", "1")))


def test_data_that_does_not_fit_the_training_ends_with_1(drawn) -> None:
    xor = EXAMPLES / "xor.miniflow"
    assert "larger than the data" in failing(1, "train", xor, "--batch-size", 5)
    target = '{"dataset": "xor", "part": "target"}'
    path = drawn()
    path.write_text(xor.read_text(encoding="utf-8").replace(target, "[[0], [1], [1], [0]]"), encoding="utf-8")
    succeeding("run", path)
    assert "(2, 1)" in failing(1, "train", path, "--batch-size", 2)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("walk", ONE_NEURON),
        ("run",),
        ("run", ONE_NEURON, "--fast"),
        ("run", ONE_NEURON, ONE_NEURON),
        ("order", ONE_NEURON, "--json"),
        ("run", ONE_NEURON, "--epochs", "3"),
        ("train", ONE_NEURON, "--epochs"),
        ("train", ONE_NEURON, "--epochs", "0"),
        ("train", ONE_NEURON, "--epochs", "1.5"),
        ("train", ONE_NEURON, "--epochs", "１２"),
        ("train", ONE_NEURON, "--epochs", "1_0"),
        ("train", ONE_NEURON, "--batch-size", "0"),
        ("train", ONE_NEURON, "--learning-rate", "nan"),
        ("train", ONE_NEURON, "--learning-rate", "-1"),
        ("train", ONE_NEURON, "--learning-rate", "1e999"),
        ("train", ONE_NEURON, "--learning-rate", "1.2.3"),
        ("train", ONE_NEURON, "--seed", "-1"),
        ("train", ONE_NEURON, "--epo", "3"),
    ],
    ids=str,
)
def test_wrong_usage_ends_with_2(arguments: tuple[object, ...]) -> None:
    assert miniflow(*arguments).output == b""
    failing(2, *arguments)


@pytest.mark.parametrize("command", ["order", "run", "train", "check"])
def test_a_file_that_cannot_be_read_or_is_malformed_ends_with_3(tmp_path: Path, command: str) -> None:
    malformed = tmp_path / "two\nlines.miniflow"
    malformed.write_text('{"format": "miniflow-graph", "version": 1, "nodes": [{"id": "x"}]}')
    assert "type" in failing(3, command, malformed)
    failing(3, command, tmp_path / "missing\n.miniflow")
    failing(3, command, tmp_path)
    malformed.write_text('{"format": "miniflow-graph", "version": 2, "nodes": []}')
    assert "newer" in failing(3, command, malformed)


def test_help_is_no_error() -> None:
    assert "train" in succeeding("--help")
    assert "--learning-rate" in succeeding("train", "--help")


def test_a_node_class_that_fails_is_told_in_a_line(tmp_path: Path, drawn) -> None:
    (tmp_path / "odd.py").write_text(
        "from miniflow.operation import Elementwise\n"
        "class Odd(Elementwise):\n    ports = ('x',)\n    def compute(self, x):\n        return 1 // 0\n"
    )
    path = drawn(an_input("x", "1"), an_operation("o", "Odd", "x"))
    program = (
        f"import sys, miniflow.nodes; miniflow.nodes.__path__.append({str(tmp_path)!r})\n"
        f"from miniflow.__main__ import main; sys.exit(main(['run', {str(path)!r}]))"
    )
    answer = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stderr.count("\n")) == (1, 1)
    assert "ZeroDivisionError" in answer.stderr


def test_the_losses_of_the_lines_are_those_of_the_json() -> None:
    lines = succeeding("train", EXAMPLES / "diabetes.miniflow", "--epochs", 3).splitlines()[1:]
    losses = json.loads(succeeding("train", EXAMPLES / "diabetes.miniflow", "--epochs", 3, "--json"))["losses"]
    assert lines == [f"Epoch: {epoch}, Loss: {loss:.3f}" for epoch, loss in enumerate(losses, start=1)]
    assert all(math.isfinite(loss) for loss in losses)


def test_a_longer_training_leaves_no_more_garbage_since_the_program_never_looks_for_it(capsys) -> None:
    def garbage(epochs: int) -> int:
        gc.collect()
        gc.disable()
        try:
            main(["train", str(BOSTON), "--epochs", str(epochs)])
        finally:
            gc.enable()
        return gc.collect()

    garbage(1)
    assert garbage(40) <= garbage(3)
