"""Whom an announcement is meant for, as the coordinator chose it."""

import json
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from knowledge.directory.models import Position


class TrainingPart(StrEnum):
    """Which of those who signed up for a training."""

    PARTICIPANTS = "participants"
    WAITING = "waiting"
    PRESENT = "present"  # who came; where nobody was marked, who has a seat


@dataclass(frozen=True)
class Audience:
    """The places it goes to, and which people there.

    A place is meant when its county or the municipality itself is chosen; the nation's code is
    every county. Channels are meant by place alone. People are narrowed further, by

        place AND (any of `themes` followed) AND (any of `positions` held) AND training part

    where what is empty (0 for the training) does not narrow. Who takes part in a training is meant
    wherever they work, unless single municipalities were chosen: people come from other counties,
    and not everybody has said where they work.
    """

    counties: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    positions: tuple[Position, ...] = ()
    training: int = 0
    training_part: TrainingPart = TrainingPart.PARTICIPANTS
    to_channels: bool = True
    to_people: bool = False

    @property
    def places(self) -> tuple[str, ...]:
        """The codes of everything chosen, counties first."""
        return (*self.counties, *self.municipalities)

    @property
    def is_anywhere(self) -> bool:
        """Whether people are meant wherever they work."""
        return bool(self.training and self.counties)

    def tidy(self) -> "Audience":
        """The same with each choice once, and no municipality beside its own county."""
        counties = tuple(dict.fromkeys(self.counties))
        return replace(
            self,
            counties=counties,
            municipalities=tuple(
                code for code in dict.fromkeys(self.municipalities) if code[:2] not in counties
            ),
            themes=tuple(dict.fromkeys(self.themes)),
            positions=tuple(dict.fromkeys(self.positions)),
        )

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, kept: str) -> "Audience":
        """What `to_json` wrote; fields that an older version did not know have their default."""
        fields: dict[str, Any] = json.loads(kept)
        lists = {name: tuple(value) for name, value in fields.items() if isinstance(value, list)}
        audience = cls(**{**fields, **lists})
        return replace(
            audience,
            positions=tuple(Position(position) for position in audience.positions),
            training_part=TrainingPart(audience.training_part),
        )
