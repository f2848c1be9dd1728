"""The log of acts. Nothing in it is ever changed or taken away: the database itself refuses.

What is written names nobody. Who did it, and whom it was about, are numbers of rows in
`audit_people`; where such a row has been erased, the act stays and leads to nobody.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from sqlalchemy import Column, Index, Integer, Table, Text, UniqueConstraint

from knowledge.storage.database import Moment, metadata


class Kind(StrEnum):
    """What was done. The word before the dot says what it was done with."""

    ROLE_GRANT = "role.grant"
    ROLE_REVOKE = "role.revoke"
    ANNOUNCEMENT_ASK = "announcement.ask"  # a colleague, before it leaves
    ANNOUNCEMENT_PROPOSE = "announcement.propose"  # a colleague, about a change of what has left
    ANNOUNCEMENT_APPROVE = "announcement.approve"
    ANNOUNCEMENT_DECLINE = "announcement.decline"
    ANNOUNCEMENT_SEND = "announcement.send"
    ANNOUNCEMENT_SCHEDULE = "announcement.schedule"
    ANNOUNCEMENT_LEAVE = "announcement.leave"  # its time has come
    ANNOUNCEMENT_SEND_NOW = "announcement.send_now"
    ANNOUNCEMENT_TAKE_BACK = "announcement.take_back"
    ANNOUNCEMENT_DELETE_DRAFT = "announcement.delete_draft"
    ANNOUNCEMENT_CORRECT = "announcement.correct"
    ANNOUNCEMENT_RESEND_FAILED = "announcement.resend_failed"
    ANNOUNCEMENT_RESEND_UNCERTAIN = "announcement.resend_uncertain"
    ANNOUNCEMENT_RETRY_CORRECTION = "announcement.retry_correction"
    ANNOUNCEMENT_RETRY_WITHDRAWAL = "announcement.retry_withdrawal"
    ANNOUNCEMENT_REMIND = "announcement.remind"
    ANNOUNCEMENT_PAUSE = "announcement.pause"
    ANNOUNCEMENT_RESUME = "announcement.resume"
    ANNOUNCEMENT_STOP = "announcement.stop"
    ANNOUNCEMENT_WITHDRAW = "announcement.withdraw"
    ANNOUNCEMENT_TAKE_BACK_CHANGE = "announcement.take_back_change"
    ANNOUNCEMENT_DOWNLOAD = "announcement.download"
    SENDER_PAUSE = "sender.pause"
    SENDER_RESUME = "sender.resume"
    TRAINING_PUBLISH = "training.publish"
    TRAINING_CHANGE = "training.change"
    TRAINING_CLOSE = "training.close"
    TRAINING_REOPEN = "training.reopen"
    TRAINING_CANCEL = "training.cancel"
    TRAINING_DELETE_DRAFT = "training.delete_draft"
    TRAINING_IMPORT = "training.import"
    TRAINING_DOWNLOAD = "training.download"
    PARTICIPANT_INVITE = "participant.invite"
    PARTICIPANT_REMOVE = "participant.remove"
    PERSON_SHOW = "person.show"
    PERSON_EXPORT = "person.export"
    PERSON_ERASE = "person.erase"
    PERSON_HOLD = "person.hold"  # what is known of the person is not to be erased
    PERSON_RELEASE = "person.release"
    TENANT_ADD = "tenant.add"
    TENANT_SUSPEND = "tenant.suspend"
    TENANT_REMOVE = "tenant.remove"

    @property
    def room(self) -> str:
        return self.value.partition(".")[0]


class Somebody(Protocol):
    """Whoever has an account: a `Person`, or an operator at a terminal."""

    @property
    def tenant_id(self) -> str: ...

    @property
    def object_id(self) -> str: ...


@dataclass(frozen=True)
class Account:
    """Somebody, by tenant and object id."""

    tenant_id: str
    object_id: str


@dataclass(frozen=True)
class Operator:
    """Who works at a terminal, by the name of the account there. It belongs to no tenant."""

    object_id: str
    tenant_id: str = ""


audit_people = Table(
    "audit_people",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("tenant_id", Text, nullable=False),  # empty for operators
    Column("object_id", Text, nullable=False),
    UniqueConstraint("tenant_id", "object_id", name="one_in_audit"),
    sqlite_autoincrement=True,  # the number of who was erased must not become somebody else's
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("kind", Text, nullable=False),
    # Numbers of `audit_people` that outlive them: no foreign keys.
    Column("by_number", Integer),
    Column("whom_number", Integer),
    Column("subject", Text, nullable=False),
    Column("counties", Text, nullable=False),  # ",07,12,"
    Column("facts", Text, nullable=False),
    Index("audit_by_time", "at"),
    sqlite_autoincrement=True,
)
