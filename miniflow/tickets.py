"""Tickets: what a sort gives each node of its order, and no other node ever has."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from miniflow.node import Node

TICKETS_OF_A_SORT = 2**32
"""No order is as long."""

_sorts = count(1)


def first_ticket() -> int:
    """Return the ticket of the first node in a new order; those after it get the numbers that follow."""
    return next(_sorts) * TICKETS_OF_A_SORT + 1


def give_tickets(order: Iterable[Node]) -> None:
    """Give the nodes of an order their tickets."""
    for ticket, node in enumerate(order, first_ticket()):
        node._ticket = ticket


def place_of(ticket: int) -> int:
    """Return the place in the order, from 1, that a ticket stands for."""
    return ticket % TICKETS_OF_A_SORT
