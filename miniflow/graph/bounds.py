"""How large a document can be, and each part of it."""

from __future__ import annotations

MAX_NAME_LENGTH = 200
MAX_NODES = 20_000
MAX_PORTS = 20_000
MAX_NUMBERS = 10_000_000
MAX_DEPTH = 64
MAX_DIMENSIONS = MAX_DEPTH - 3
"""A value stands inside a node, in the list of nodes, in the document: three levels are taken."""
MAX_SEED = 2**63 - 1
MAX_EPOCHS = 1_000_000
MAX_LEARNING_RATE = 1e6
