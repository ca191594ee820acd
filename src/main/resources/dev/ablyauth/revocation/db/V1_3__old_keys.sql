-- For SQLite and PostgreSQL. Only adds to what version 1 has. By these, keys of calls are found that are forgotten.

create index ably_auth_idempotency_at on ably_auth_idempotency (at);

create index ably_auth_revocation_key on ably_auth_revocation (created) where idempotency_key is not null;
