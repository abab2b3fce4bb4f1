"""The labels that taggers give to words: B and I of each type, and O; and the roles."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kg.model import ROLES, EntityType

__all__ = ["COUNT", "OUTSIDE", "ROLE_NAMES", "TYPES", "begin", "forbidden", "inside", "role_indices"]

TYPES: tuple[EntityType, ...] = ("METHOD", "MODEL", "BENCHMARK", "TASK", "METRIC")

#: The label of words outside all spans; B of type t is 1 + 2t, I of type t is 2 + 2t.
OUTSIDE = 0
COUNT = 1 + 2 * len(TYPES)

#: Every role of every type, once.
ROLE_NAMES: tuple[str, ...] = tuple(dict.fromkeys(role for type_ in TYPES for role in ROLES[type_]))


def begin(type_: int) -> int:
    """The label of the first word of a span of this type."""
    return 1 + 2 * type_


def inside(type_: int) -> int:
    """The label of the later words of a span of this type."""
    return 2 + 2 * type_


def forbidden() -> npt.NDArray[np.bool_]:
    """Which label may not follow which, as [before, after]; the last row stands for the start of a field."""
    table = np.zeros((COUNT + 1, COUNT), dtype=bool)
    for type_ in range(len(TYPES)):
        table[:, inside(type_)] = True
        table[[begin(type_), inside(type_)], inside(type_)] = False
    return table


def role_indices(type_: EntityType) -> list[int]:
    """Where the roles of the type stand in ROLE_NAMES, in the order of kg.model.ROLES."""
    return [ROLE_NAMES.index(role) for role in ROLES[type_]]
