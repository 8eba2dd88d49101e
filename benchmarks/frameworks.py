"""The contestants that have to be installed: PyTorch, JAX, HIPS autograd and micrograd."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import numpy as np
from networks import Matrix, Network


def installed() -> list[type[Any]]:
    """The contestants whose library is installed here."""
    wanted = {"torch": [TorchTuned, TorchModules], "jax": [JaxStep, JaxEpoch]}
    wanted |= {"autograd": [Autograd], "micrograd": [Micrograd]}
    return [kind for library, kinds in wanted.items() if find_spec(library) for kind in kinds]


class TorchTuned:
    """PyTorch without modules and optimizers: tensors, ``autograd.grad``, an update in place."""

    label = "PyTorch eager, tuned"

    def __init__(self, network: Network) -> None:
        import torch

        torch.set_num_threads(1)
        self.torch, self.network = torch, network
        self.X, self.y = torch.from_numpy(network.X), torch.from_numpy(network.y)
        self.weights = [torch.tensor(each, requires_grad=True) for each in network.weights]
        self.biases = [torch.tensor(each, requires_grad=True) for each in network.biases]

    def parameters(self) -> list[Matrix]:
        return [each.detach().numpy() for each in [*self.weights, *self.biases]]

    def step(self, rows: Any) -> float:
        torch, trained = self.torch, [*self.weights, *self.biases]
        rows = torch.from_numpy(rows)
        a = self.X[rows]
        last = len(self.weights) - 1
        for place, (weight, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            a = torch.addmm(bias, a, weight)
            a = a if place == last else torch.sigmoid(a)
        loss = torch.nn.functional.mse_loss(a, self.y[rows])
        gradients = torch.autograd.grad(loss, trained)
        with torch.no_grad():
            torch._foreach_add_(trained, gradients, alpha=-self.network.rate)
        return loss.item()  # type: ignore[no-any-return]


class TorchModules:
    """PyTorch as its tutorials write it: ``nn.Sequential`` and ``optim.SGD``."""

    label = "PyTorch eager, nn and optim"

    def __init__(self, network: Network) -> None:
        import torch

        torch.set_num_threads(1)
        self.torch, self.network = torch, network
        self.X, self.y = torch.from_numpy(network.X), torch.from_numpy(network.y)
        modules: list[Any] = []
        for place, (weight, bias) in enumerate(zip(network.weights, network.biases, strict=True)):
            linear = torch.nn.Linear(*weight.shape, dtype=torch.float64)
            with torch.no_grad():
                linear.weight.copy_(torch.from_numpy(weight.T.copy()))
                linear.bias.copy_(torch.from_numpy(bias))
            modules += [linear] if place == len(network.weights) - 1 else [linear, torch.nn.Sigmoid()]
        self.model = torch.nn.Sequential(*modules)
        self.linears = [each for each in modules if isinstance(each, torch.nn.Linear)]
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=network.rate)
        self.cost = torch.nn.MSELoss()

    def parameters(self) -> list[Matrix]:
        return [each.weight.detach().numpy().T for each in self.linears] + [
            each.bias.detach().numpy() for each in self.linears
        ]

    def step(self, rows: Any) -> float:
        rows = self.torch.from_numpy(rows)
        self.optimizer.zero_grad()
        loss = self.cost(self.model(self.X[rows]), self.y[rows])
        loss.backward()
        self.optimizer.step()
        return loss.item()  # type: ignore[no-any-return]


def _loss(parameters: Any, X: Any, y: Any, exp: Callable[[Any], Any]) -> Any:
    """The mean squared error of the network, in whatever array library ``X`` belongs to."""
    weights, biases = parameters
    a = X
    for place, (weight, bias) in enumerate(zip(weights, biases, strict=True)):
        z = a @ weight + bias
        a = z if place == len(weights) - 1 else 1 / (1 + exp(-z))
    return ((a - y) ** 2).mean()


class JaxStep:
    """JAX with the whole step jitted, the loss read after each."""

    label = "JAX, jitted step"

    def __init__(self, network: Network) -> None:
        import jax

        jax.config.update("jax_enable_x64", True)
        jax.config.update("jax_platforms", "cpu")
        self.jax, self.network = jax, network
        X, y, rate = jax.numpy.asarray(network.X), jax.numpy.asarray(network.y), network.rate

        def one_step(parameters: Any, rows: Any) -> Any:
            loss, gradients = jax.value_and_grad(_loss)(parameters, X[rows], y[rows], jax.numpy.exp)
            return jax.tree.map(lambda value, gradient: value - rate * gradient, parameters, gradients), loss

        self.one_step = one_step
        self.state = jax.tree.map(jax.numpy.asarray, (network.weights, network.biases))
        self.run = jax.jit(one_step)

    def parameters(self) -> list[Matrix]:
        weights, biases = self.state
        return [np.asarray(each) for each in [*weights, *biases]]

    def step(self, rows: Any) -> float:
        self.state, loss = self.run(self.state, rows)
        return float(loss)


class JaxEpoch(JaxStep):
    """JAX with a whole epoch in one jitted scan; nothing can be seen in between."""

    label = "JAX, whole epoch in one scan"

    def __init__(self, network: Network) -> None:
        super().__init__(network)
        self.steps_per_call = network.rows // network.batch
        self.run = self.jax.jit(lambda state, rows: self.jax.lax.scan(self.one_step, state, rows))

    def step(self, rows: Any) -> float:
        self.state, losses = self.run(self.state, rows)
        return float(losses[-1])


class Autograd:
    """HIPS autograd, which traces NumPy anew at every call."""

    label = "HIPS autograd"

    def __init__(self, network: Network) -> None:
        import autograd
        from autograd import numpy as traced

        self.network = network
        self.state = ([each.copy() for each in network.weights], [each.copy() for each in network.biases])
        self.run = autograd.value_and_grad(lambda state, X, y: _loss(state, X, y, traced.exp))

    def parameters(self) -> list[Matrix]:
        return [*self.state[0], *self.state[1]]

    def step(self, rows: Any) -> float:
        loss, gradients = self.run(self.state, self.network.X[rows], self.network.y[rows])
        for values, changes in zip(self.state, gradients, strict=True):
            for value, change in zip(values, changes, strict=True):
                value -= self.network.rate * change
        return float(loss)


class Micrograd:
    """micrograd, one object for each number; the lesson's network only."""

    label = "micrograd"

    def __init__(self, network: Network) -> None:
        from micrograd.engine import Value

        self.value, self.network = Value, network
        as_values = np.vectorize(Value, otypes=[object])
        self.weights, self.biases = map(as_values, network.weights), map(as_values, network.biases)
        self.weights, self.biases = list(self.weights), list(self.biases)  # type: ignore[assignment]

    @staticmethod
    def enters(network: Network) -> bool:
        return sum(each.size for each in network.weights) < 200

    def parameters(self) -> list[Matrix]:
        numbers = np.vectorize(lambda each: each.data, otypes=[float])
        return [numbers(each) for each in [*self.weights, *self.biases]]

    def step(self, rows: Any) -> float:
        a: Any = self.network.X[rows].astype(object)
        for weight, bias in zip(self.weights, self.biases, strict=True):
            z = a.dot(weight) + bias
            a = z if weight is self.weights[-1] else np.vectorize(self._sigmoid, otypes=[object])(z)  # type: ignore[index]
        loss = ((a - self.network.y[rows]) ** 2).sum() / a.size
        parameters = [number for each in [*self.weights, *self.biases] for number in each.flat]
        for number in parameters:
            number.grad = 0
        loss.backward()
        for number in parameters:
            number.data -= self.network.rate * number.grad
        return float(loss.data)

    def _sigmoid(self, z: Any) -> Any:
        """micrograd has no exponential: one is made as its other operations are."""
        s = 1 / (1 + np.exp(-z.data))
        out = self.value(s, (z,), "sigmoid")

        def backward() -> None:
            z.grad += s * (1 - s) * out.grad

        out._backward = backward
        return out
