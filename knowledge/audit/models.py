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
    """What was done. The first word says what it was done with."""

    ROLE_GRANT = "role_grant"
    ROLE_REVOKE = "role_revoke"
    ANNOUNCEMENT_ASK = "announcement_ask"  # a colleague, before it leaves
    ANNOUNCEMENT_PROPOSE = "announcement_propose"  # a colleague, about a change of what has left
    ANNOUNCEMENT_APPROVE = "announcement_approve"
    ANNOUNCEMENT_DECLINE = "announcement_decline"
    ANNOUNCEMENT_SEND = "announcement_send"
    ANNOUNCEMENT_SCHEDULE = "announcement_schedule"
    ANNOUNCEMENT_LEAVE = "announcement_leave"  # its time has come
    ANNOUNCEMENT_SEND_NOW = "announcement_send_now"
    ANNOUNCEMENT_TAKE_BACK = "announcement_take_back"
    ANNOUNCEMENT_DELETE_DRAFT = "announcement_delete_draft"
    ANNOUNCEMENT_CORRECT = "announcement_correct"
    ANNOUNCEMENT_RESEND_FAILED = "announcement_resend_failed"
    ANNOUNCEMENT_RESEND_UNCERTAIN = "announcement_resend_uncertain"
    ANNOUNCEMENT_RETRY_CORRECTION = "announcement_retry_correction"
    ANNOUNCEMENT_RETRY_WITHDRAWAL = "announcement_retry_withdrawal"
    ANNOUNCEMENT_REMIND = "announcement_remind"
    ANNOUNCEMENT_PAUSE = "announcement_pause"
    ANNOUNCEMENT_RESUME = "announcement_resume"
    ANNOUNCEMENT_STOP = "announcement_stop"
    ANNOUNCEMENT_WITHDRAW = "announcement_withdraw"
    ANNOUNCEMENT_TAKE_BACK_CHANGE = "announcement_take_back_change"
    ANNOUNCEMENT_DOWNLOAD = "announcement_download"
    ANNOUNCEMENT_ANSWER = "announcement_answer"  # a recipient's question about it
    ANNOUNCEMENT_SAVE_TEMPLATE = "announcement_save_template"
    ANNOUNCEMENT_DELETE_TEMPLATE = "announcement_delete_template"
    ANNOUNCEMENT_REFUSE = "announcement_refuse"  # to reach others' municipalities
    CHANNEL_CHOOSE = "channel_choose"  # where a team gets announcements
    CHANNEL_ASK = "channel_ask"  # the team, to choose
    SENDER_PAUSE = "sender_pause"
    SENDER_RESUME = "sender_resume"
    TRAINING_PUBLISH = "training_publish"
    TRAINING_CHANGE = "training_change"
    TRAINING_CLOSE = "training_close"
    TRAINING_REOPEN = "training_reopen"
    TRAINING_CANCEL = "training_cancel"
    TRAINING_DELETE_DRAFT = "training_delete_draft"
    TRAINING_IMPORT = "training_import"
    TRAINING_DOWNLOAD = "training_download"
    TRAINING_MARK = "training_mark"  # who came
    TRAINING_ASK_NOBODY = "training_ask_nobody"  # what they thought of it
    TRAINING_ASK_AFTER_ALL = "training_ask_after_all"
    PARTICIPANT_INVITE = "participant_invite"
    PARTICIPANT_REMOVE = "participant_remove"
    PERSON_SHOW = "person_show"
    PERSON_EXPORT = "person_export"
    PERSON_ERASE = "person_erase"
    PERSON_HOLD = "person_hold"  # what is known of the person is not to be erased
    PERSON_RELEASE = "person_release"
    TENANT_ADD = "tenant_add"
    TENANT_SUSPEND = "tenant_suspend"
    TENANT_REMOVE = "tenant_remove"
    RETENTION_PURGE = "retention_purge"  # by hand
    DATABASE_BACKUP = "database_backup"
    DATABASE_RESTORE = "database_restore"
    DATABASE_MIGRATE = "database_migrate"

    @property
    def room(self) -> str:
        return self.value.partition("_")[0]


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
