"""An installation that many people are stored in, and the chat of each."""

from sqlalchemy import text

from knowledge.storage.database import Database

FEW, MANY = 1_000, 1_000_000
AT_MOST = 1.3

_NUMBERS = {
    True: "WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < :last) ",
    False: "WITH g(n) AS (SELECT generate_series(1, CAST(:last AS int))) ",
}
_PEOPLE = """INSERT INTO people (tenant_id, object_id, teams_id, name, municipality,
    conversation_id, service_url, installed)
    SELECT 'tenant-' || (n % 290), 'stored-' || n, '29:stored-' || n, 'Person ' || n, '0780',
    'a:stored-' || n, 'https://x', true FROM g"""
_CHATS = """INSERT INTO conversations (key, state, seen, version, lease_until, unspoken)
    SELECT 'tenant-' || (n % 290) || '|a:stored-' || n, '{}', '[]', 1, 0.0, '{}' FROM g"""


async def populate(url: str, how_many: int) -> str:
    """Store so many people. Returns the address again."""
    database = Database(url)
    async with database.write() as tx:
        for filled in (_PEOPLE, _CHATS):
            head, tail = filled.split("SELECT", 1)
            numbers = _NUMBERS[database.is_sqlite]
            await tx.execute(text(f"{head}{numbers}SELECT{tail}"), {"last": how_many})
    async with database.read() as tx:  # what the server would else do while we measure
        await tx.execute(text("ANALYZE" if database.is_sqlite else "VACUUM ANALYZE"))
        await tx.execute(text("PRAGMA wal_checkpoint" if database.is_sqlite else "CHECKPOINT"))
    await database.close()
    return url
