"""Every table there is: whoever erases in a process of its own has imported few of them."""

# ruff: noqa: F401 - a table is known once its file has been imported
import knowledge.alarms.models
import knowledge.announcements.models
import knowledge.announcements.progress
import knowledge.announcements.proposals
import knowledge.audit.models
import knowledge.channels.models
import knowledge.delivery.conversation_pace
import knowledge.delivery.models
import knowledge.delivery.pauses
import knowledge.delivery.tallies
import knowledge.delivery.tenant_pace
import knowledge.delivery.tenants
import knowledge.directory.models
import knowledge.enquiries.models
import knowledge.follow_up.acknowledgements
import knowledge.follow_up.shown
import knowledge.laws.models
import knowledge.questions.models
import knowledge.recipients.models
import knowledge.reports.models
import knowledge.retention.models
import knowledge.storage.conversations
import knowledge.storage.link_key
import knowledge.templates.models
import knowledge.tenants.refused
import knowledge.timers.timers
import knowledge.trainings.asking.models
import knowledge.trainings.attendance.models
import knowledge.trainings.certificates.models
import knowledge.trainings.evaluations.models
import knowledge.trainings.history
import knowledge.trainings.models
import knowledge.trainings.participants.models
import knowledge.trainings.reminders
from knowledge.storage.database import metadata

TABLES = metadata.tables
