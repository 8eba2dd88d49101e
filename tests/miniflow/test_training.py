"""Training: batches, updates, what can be read in between, and how it stops."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from miniflow import (
    MSE,
    Add,
    DivergenceError,
    GraphError,
    Input,
    Linear,
    MiniFlowError,
    MissingValueError,
    Mul,
    Node,
    ShapeError,
    Sigmoid,
    Sub,
    ValueTypeError,
    forward_and_backward,
    sgd_update,
    topological_sort,
    train,
)
from miniflow.training.batches import draw_epoch
from miniflow.training.history import TrainingHistory


class Setting:
    """A small network on thirty rows of data."""

    def __init__(self, linear: type[Node] = Linear, kind: type = np.float64) -> None:
        rng = np.random.default_rng(11)
        self.X, self.y, self.W1, self.b1, self.W2, self.b2 = (Input() for _ in range(6))
        hidden = Sigmoid(linear(self.X, self.W1, self.b1))  # type: ignore[call-arg, arg-type]
        self.cost = MSE(self.y, Linear(hidden, self.W2, self.b2))
        self.features = rng.normal(size=(30, 3)).astype(kind)
        self.target = (self.features @ [1, -2, 0.5]).astype(kind)
        self.trainables = [self.W1, self.b1, self.W2, self.b2]
        shapes = [(3, 4), (4,), (4, 1), (1,)]
        feed: dict[Node, Any] = {self.X: self.features, self.y: self.target}
        feed |= {node: rng.normal(size=shape).astype(kind) for node, shape in zip(self.trainables, shapes, strict=True)}
        self.graph = topological_sort(feed)
        self.data: Mapping[Node, Any] = {self.X: self.features, self.y: self.target}

    def train(self, **settings: Any) -> Any:
        return train(self.graph, self.cost, self.trainables, self.data, **({"batch_size": 7} | settings))

    def weights(self) -> list[Any]:
        return [node.value for node in self.trainables]


class OwnLinear(Linear):
    """A student's subclass, so that the teaching passes train it."""


def assert_close(found: list[Any], expected: list[Any]) -> None:
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("linear", [Linear, OwnLinear])
def test_training_is_the_lessons_loop_over_the_same_rows(linear: type[Node]) -> None:
    trained, by_hand = Setting(linear), Setting()
    losses = [step.loss for step in trained.train(epochs=3, learning_rate=0.1, seed=5)]
    rng = np.random.default_rng(5)
    expected = []
    for _ in range(3):
        for rows in draw_epoch(rng, 30, 7):
            by_hand.X.value, by_hand.y.value = by_hand.features[rows], by_hand.target[rows]
            forward_and_backward(by_hand.graph)
            expected.append(by_hand.cost.value)
            sgd_update(by_hand.trainables, 0.1)
    np.testing.assert_allclose(losses, expected, rtol=1e-12)
    assert_close(trained.weights(), by_hand.weights())


def test_each_step_says_where_it_is() -> None:
    steps = list(Setting().train(epochs=2))
    assert [(step.epoch, step.step, step.steps_per_epoch) for step in steps] == [
        (epoch, step, 4) for epoch in (1, 2) for step in (1, 2, 3, 4)
    ]


def test_the_same_seed_gives_the_same_losses_and_another_seed_others() -> None:
    one, again, other = ([step.loss for step in Setting().train(seed=seed)] for seed in (1, 1, 2))
    assert one == again
    assert one != other


def test_the_loss_falls() -> None:
    history = TrainingHistory()
    for step in Setting().train(epochs=30, learning_rate=0.1):
        history.append(step)
    assert len(history.epoch_losses) == 30
    assert history.epoch_losses[-1] < history.epoch_losses[0] / 5
    assert history.epoch_losses[0] == pytest.approx(np.mean(history.batch_losses[:4]))


@pytest.mark.parametrize("linear", [Linear, OwnLinear])
def test_weights_can_be_read_at_every_step_and_what_was_read_does_not_change(linear: type[Node]) -> None:
    setting, seen = Setting(linear), []
    for _ in setting.train(epochs=3):
        weights = setting.weights()
        seen.append((weights, [np.array(each) for each in weights]))
    unread = Setting(linear)
    list(unread.train(epochs=3))
    assert_close(setting.weights(), unread.weights())
    assert all(np.array_equal(a, b) for held, copied in seen for a, b in zip(held, copied, strict=True))
    assert not np.array_equal(seen[0][0][0], seen[-1][0][0])


@pytest.mark.parametrize("linear", [Linear, OwnLinear])
def test_after_a_step_nodes_hold_its_batch_its_values_and_its_gradients(linear: type[Node]) -> None:
    setting = Setting(linear)
    before = setting.weights()
    steps = setting.train(learning_rate=0.5)
    loss = next(steps).loss
    after, cost, gradients = setting.weights(), setting.cost.value, [n.gradients[n] for n in setting.trainables]
    assert (cost, setting.X.value.shape, setting.y.value.shape) == (pytest.approx(loss), (7, 3), (7,))
    assert_close(after, [old - 0.5 * gradient for old, gradient in zip(before, gradients, strict=True)])
    steps.close()
    assert_close(setting.weights(), after)


def test_a_weight_changed_between_two_steps_is_trained_on_from_there() -> None:
    setting = Setting()
    steps = setting.train(learning_rate=0.0)
    next(steps)
    setting.W1.value = np.zeros((3, 4))
    next(steps)
    assert (setting.W1.value == 0).all()


@pytest.mark.parametrize("linear", [Linear, OwnLinear])
def test_the_graph_may_be_run_on_other_data_between_two_steps(linear: type[Node]) -> None:
    setting, undisturbed = Setting(linear), Setting(linear)
    for step in setting.train(epochs=3):
        if step.step % 2:
            setting.X.value, setting.y.value = setting.features, setting.target
            forward_and_backward(setting.graph)
            assert setting.X.gradients[setting.X].shape == (30, 3)
    list(undisturbed.train(epochs=3))
    assert_close(setting.weights(), undisturbed.weights())


def test_a_batch_assigned_between_two_steps_gives_way_to_the_next() -> None:
    setting, undisturbed = Setting(), Setting()
    steps = setting.train()
    next(steps)
    setting.X.value = np.zeros((7, 3))
    next(steps)
    others = undisturbed.train()
    next(others)
    next(others)
    assert_close(setting.weights(), undisturbed.weights())


def test_no_array_of_the_callers_is_written_to() -> None:
    setting = Setting()
    W1 = np.ones((3, 4))
    setting.W1.value = W1
    features = setting.features.copy()
    list(setting.train())
    assert (W1 == 1).all()
    assert np.array_equal(setting.features, features)


def test_without_data_sets_an_epoch_is_one_step_on_the_values_as_they_stand() -> None:
    x, w = Input(), Input()
    cost = Mul(Sub(w, x), Sub(w, x))
    graph = topological_sort({x: 3, w: 0})
    steps = list(train(graph, cost, [w], {}, epochs=60, learning_rate=0.1))
    assert len(steps) == 60
    assert (steps[0].loss, steps[0].steps_per_epoch) == (9, 1)
    assert w.value == pytest.approx(3, abs=1e-4)


def test_a_loss_of_several_elements_is_their_sum() -> None:
    x, w = Input(), Input()
    Mul(x, w)
    graph = topological_sort({x: [1.0, 2.0], w: 3})
    (step,) = train(graph, graph[-1], [w], {}, epochs=1, learning_rate=1)
    assert (step.loss, w.value) == (9, 0)


def test_float32_networks_train_in_float32() -> None:
    setting = Setting(kind=np.float32)
    list(setting.train())
    assert {each.dtype for each in setting.weights()} == {np.dtype(np.float32)}


@pytest.mark.parametrize("linear", [Linear, OwnLinear])
def test_divergence_names_the_first_node_with_the_epoch_and_the_step(linear: type[Node]) -> None:
    setting = Setting(linear)
    for node, name in zip(setting.trainables, ("W1", "b1", "W2", "b2"), strict=True):
        node.name = name
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(DivergenceError) as told:
            list(setting.train(learning_rate=1e30, epochs=100))
    error = told.value
    assert f"epoch {error.epoch}, step {error.step}" in str(error)
    assert error.node._label in str(error)
    before_it = setting.graph[: setting.graph.index(error.node)]
    assert not np.isfinite(error.node.value).all()
    assert all(np.isfinite(node.value).all() for node in before_it)
    assert set(error.last_finite) == set(setting.trainables)
    assert all(np.isfinite(value).all() for value in error.last_finite.values())


def test_the_last_finite_values_are_those_of_the_step_before() -> None:
    setting, other = Setting(), Setting()
    with pytest.raises(DivergenceError) as told:
        list(setting.train(learning_rate=50, epochs=10**4, seed=3))
    steps, seen = other.train(learning_rate=50, epochs=10**4, seed=3), []
    for step in steps:
        seen.append(other.weights())
        if (step.epoch, step.step + 1) == (told.value.epoch, told.value.step):
            break
    finite = [weights for weights in seen if all(np.isfinite(each).all() for each in weights)]
    assert_close([told.value.last_finite[node] for node in setting.trainables], finite[-1])


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"batch_size": 31}, "31 rows is larger"),
        ({"batch_size": 0}, "batch size is 0"),
        ({"epochs": 0}, "epochs is 0"),
        ({"learning_rate": float("nan")}, "learning rate is nan"),
        ({"learning_rate": -1.0}, "learning rate is -1"),
        ({"epochs": 1.5}, "epochs is 1.5: give a whole number"),
        ({"batch_size": 2.5}, "batch size is 2.5"),
        ({"seed": -1}, "seed is -1: give a whole number from 0 up"),
    ],
)
def test_settings_out_of_range_are_refused_before_the_first_step(settings: dict[str, Any], words: str) -> None:
    with pytest.raises(GraphError, match=words):
        Setting().train(**settings)


@pytest.mark.parametrize("setting", ["epochs", "batch_size", "seed", "learning_rate"])
@pytest.mark.parametrize(("given", "words"), [("a", "text"), (True, "a bool"), (None, "None"), ([1], "a list")])
def test_settings_that_are_no_numbers_are_refused_before_the_first_step(setting: str, given: Any, words: str) -> None:
    with pytest.raises(ValueTypeError, match=f"{words}: give a"):
        Setting().train(**{setting: given})


def test_numbers_of_numpy_are_settings() -> None:
    settings: dict[str, Any] = {"epochs": np.int64(2), "learning_rate": np.float32(0.1), "seed": np.uint8(1)}
    assert len(list(Setting().train(**settings))) == 8


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"graph": 3}, "A graph is a list of nodes"),
        ({"graph": [3]}, "a list with an int in it"),
        ({"cost": "cost"}, "where text is"),
        ({"data": [1]}, "data sets are a dict.*not a list"),
        ({"data": {"X": 1}}, "where text is"),
        ({"trainables": Input()}, "trainables are a list of nodes, not an Input"),
        ({"trainables": [3]}, "an int is in it"),
        ({"trainables": []}, "nothing to train"),
    ],
)
def test_what_cannot_be_trained_is_told_before_the_first_step(wrong: dict[str, Any], words: str) -> None:
    setting = Setting()
    vars(setting).update(wrong)
    with pytest.raises(MiniFlowError, match=words):
        setting.train()


def test_a_trainable_is_named_once() -> None:
    setting = Setting()
    setting.W1.name = "W1"
    setting.trainables.append(setting.W1)
    with pytest.raises(GraphError, match="W1 is twice among the trainables"):
        setting.train()


def test_numbers_that_are_not_finite_from_the_start_are_not_blamed_on_the_learning_rate() -> None:
    for spoil in ("weights", "data"):
        setting = Setting()
        if spoil == "data":
            setting.features[:] = np.inf
        else:
            setting.W2.value = np.full((4, 1), 1e200)
            setting.y.value = setting.target = setting.target * 1e200
            setting.data = {setting.X: setting.features, setting.y: setting.target}
        with pytest.raises(DivergenceError, match="Look at the numbers that the graph is given"):
            list(setting.train())


def test_a_number_in_the_data_that_is_not_finite_is_named_whenever_it_comes() -> None:
    setting = Setting()
    setting.X.name = "X"
    setting.features[7] = np.nan
    with pytest.raises(DivergenceError, match=r"X is the first to hold nan, .*Look at") as told:
        list(setting.train(seed=4))
    assert (told.value.epoch, told.value.step) > (1, 1)


@pytest.mark.parametrize("linear", [Linear, OwnLinear])
def test_a_step_that_meets_nan_updates_nothing(linear: type[Node]) -> None:
    setting = Setting(linear)
    setting.features[7] = np.nan
    with pytest.raises(DivergenceError) as told:
        list(setting.train(seed=4))
    assert_close(setting.weights(), [told.value.last_finite[node] for node in setting.trainables])


@pytest.mark.parametrize("epochs", [1, 40])
def test_a_long_chain_trains_with_a_plan_or_without(epochs: int) -> None:
    w = Input()
    end: Node = w
    for _ in range(1100):
        end = Add(end, w)
    graph = topological_sort({w: 1.0})
    steps = list(train(graph, end, [w], {}, epochs=epochs, learning_rate=1e-6))
    assert steps[0].loss == 1101
    assert w.value == pytest.approx(1 - epochs * 1e-6 * 1101)


@pytest.mark.parametrize(
    ("trainables", "rate", "words"),
    [
        (Input(), 0.1, "a list of nodes, not an Input"),
        ([3], 0.1, "an int is in it"),
        ([Input(), "x"], 0.1, "text is in it"),
        (None, 0.1, "not None"),
        ([], np.nan, "learning rate is nan"),
        ([], np.inf, "learning rate is inf"),
        ([], "a", "learning rate is text"),
        ([], None, "learning rate is None"),
        ([], True, "learning rate is a bool"),
    ],
)
def test_an_update_with_wrong_arguments_is_told(trainables: Any, rate: Any, words: str) -> None:
    with pytest.raises(MiniFlowError, match=words):
        sgd_update(trainables, rate)


def test_an_update_after_another_shape_came_changes_nothing() -> None:
    x, w = Input(), Input()
    Mul(x, w)
    forward_and_backward(topological_sort({x: 2.0, w: 3.0}))
    w.value = [1.0, 2.0]
    with pytest.raises(ShapeError, match=r"shape \(\).*shape \(2,\)"):
        sgd_update([x, w])
    assert (x.value, w.value.tolist()) == (2, [1, 2])


def test_data_sets_of_different_length_are_refused() -> None:
    setting = Setting()
    setting.y.name = "y"
    setting.data = {setting.X: setting.features, setting.y: setting.target[:20]}
    with pytest.raises(GraphError, match=r"y has 20 rows.*30"):
        setting.train()


def test_what_receives_batches_cannot_be_trained() -> None:
    setting = Setting()
    setting.trainables.append(setting.X)
    with pytest.raises(GraphError, match="cannot be trained"):
        setting.train()


def test_what_computes_its_value_is_neither_trained_nor_given_batches() -> None:
    setting = Setting()
    setting.cost.name = "cost"
    setting.trainables.append(setting.cost)
    with pytest.raises(GraphError, match="cost computes its value, so it cannot be trained: name Inputs"):
        setting.train()
    setting = Setting()
    setting.cost.name = "cost"
    setting.data = {setting.X: setting.features, setting.cost: setting.target}
    with pytest.raises(GraphError, match="cost computes its value, so it can receive no batches: name an Input"):
        setting.train()


def test_nodes_from_elsewhere_are_refused() -> None:
    setting = Setting()
    setting.trainables.append(Input())
    with pytest.raises(GraphError, match="not in the graph"):
        setting.train()


def test_data_that_do_not_fit_are_told_as_in_a_forward_pass() -> None:
    setting = Setting()
    setting.data = {setting.X: np.ones((30, 5)), setting.y: setting.target}
    with pytest.raises(ShapeError, match=r"\(7, 5\).*\(3, 4\)"):
        next(setting.train())


def test_an_update_without_gradients_says_what_to_run_first() -> None:
    w = Input()
    w.name = "W1"
    w.value = 1
    with pytest.raises(MissingValueError, match=r"W1.*forward_and_backward"):
        sgd_update([w])
