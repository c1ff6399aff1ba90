"""How one number of a page was read."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..book import Fact
from .numbers import Number
from .reading import Pick, Reading


@dataclass(slots=True, eq=False)
class Binding:
    """How one number was read. `kind` is fact, quantity, parameter, derived, reference, ordinal, count, ignored or
    error; `ids` what it is bound to; `picks` the scope; `code`, `message` and `wanted` only for an error."""

    number: Number
    reading: Reading
    kind: str
    ids: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    picks: dict[str, Pick | None] = field(default_factory=dict)
    code: str = ""
    message: dict[str, object] = field(default_factory=dict)
    wanted: tuple[Fact, ...] = ()
    noted: bool = False

    @property
    def ok(self) -> bool:
        return self.kind != "error"


def unbound(
    reading: Reading, number: Number, code: str, *, picks: dict[str, Pick | None] | None = None,
    wanted: tuple[Fact, ...] = (), **message: object,
) -> Binding:  # fmt: skip
    """A number that states nothing known: `code` is that of the finding, `message` its words."""
    return Binding(number, reading, "error", picks=picks or {}, code=code, message=message, wanted=wanted)
