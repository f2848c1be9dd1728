"""The database: connections, transactions, conversation state, the outbox, migrations."""
