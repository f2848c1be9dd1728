"""Named refusals. What has no name here is a bug."""


class KnowledgeError(Exception):
    """Something the person asked for cannot be done, for a reason we can explain."""


class DatabaseBusy(KnowledgeError):
    """Others held for too long what was needed. The transaction did nothing and may be repeated."""
