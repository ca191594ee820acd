-- For SQLite and PostgreSQL. Only adds to what version 1 has.

-- 0 in a list that is new until a server has said so.
alter table ably_auth_store add column told integer not null default 1;
