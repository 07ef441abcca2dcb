"""What Alembic runs a migration in: the connection and transaction that `upgrade` hands it."""

from __future__ import annotations

from alembic import context

from parley.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
