"""Named refusals. What has no name here is a bug."""


class KnowledgeError(Exception):
    """Something the person asked for cannot be done, for a reason we can explain."""
