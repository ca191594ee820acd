-- For SQLite and PostgreSQL. Times are milliseconds since 1970, UTC.
-- Nothing is deleted from denial and change: they are the history.

create table ably_auth_store (
  one integer primary key check (one = 1),
  -- Made up once. An instance that knows one store does not take another for it.
  id varchar(32) not null,
  -- The highest number in change. Whoever writes updates this row first, and so has the only lock.
  change_number bigint not null,
  -- How many rows denial has.
  denials bigint not null
);

create table ably_auth_denial (
  id varchar(32) primary key,
  -- The change that made it.
  number bigint not null unique,
  kind varchar(20) not null,
  target varchar(600) not null,
  reason varchar(600) not null,
  author varchar(600) not null,
  created bigint not null,
  until_time bigint,
  ended bigint,
  ended_by varchar(600)
);

create index ably_auth_denial_target on ably_auth_denial (kind, target);

create table ably_auth_change (
  number bigint primary key,
  denial varchar(32) not null references ably_auth_denial (id),
  kind varchar(10) not null,
  author varchar(600) not null,
  at bigint not null
);

create table ably_auth_idempotency (
  author varchar(600) not null,
  idempotency_key varchar(300) not null,
  body varchar(64) not null,
  denial varchar(32) not null references ably_auth_denial (id),
  at bigint not null,
  primary key (author, idempotency_key)
);
