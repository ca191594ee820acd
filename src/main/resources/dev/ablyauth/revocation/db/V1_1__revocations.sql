-- For SQLite and PostgreSQL. Only adds to what version 1 has. Times are milliseconds since 1970, UTC; those of targets are Ably's.
-- Nothing is deleted from revocation and revocation_target: they are the history.

-- The highest number in revocation_target. Whoever gives one updates this row first.
alter table ably_auth_store add column revocations bigint not null default 0;

create table ably_auth_revocation (
  id varchar(32) primary key,
  number bigint not null unique,
  denial varchar(32) references ably_auth_denial (id),
  -- 0 or 1
  reauth_margin integer not null,
  author varchar(600) not null,
  created bigint not null,
  idempotency_key varchar(300),
  body varchar(64),
  unique (author, idempotency_key)
);

create index ably_auth_revocation_denial on ably_auth_revocation (denial);

-- One row for each target and key, and another one when it is repeated, with the same place.
create table ably_auth_revocation_target (
  number bigint not null,
  place integer not null,
  revocation varchar(32) not null references ably_auth_revocation (id),
  -- The change of the deny-list that every instance should have before this is sent.
  change_number bigint not null,
  kind varchar(20) not null,
  target varchar(600) not null,
  -- What it is to Ably, or nothing.
  specifier varchar(600),
  key_name varchar(140) not null,
  issued_before bigint not null,
  state varchar(20) not null,
  tries integer not null default 0,
  next_try bigint not null,
  applies_at bigint,
  failure varchar(30),
  code integer not null default 0,
  -- When the last token that it is about has ended, whatever becomes of it.
  lives_until bigint not null,
  repeat_due bigint,
  -- Of the repeat; 0 if it was called off; nothing while it is due.
  repeat_number bigint,
  claim varchar(32),
  claimed_until bigint not null default 0,
  primary key (number, place)
);

create index ably_auth_revocation_waiting on ably_auth_revocation_target (next_try) where state = 'WAITING';

create index ably_auth_revocation_order on ably_auth_revocation_target (specifier, key_name) where state = 'WAITING';

create index ably_auth_revocation_repeat on ably_auth_revocation_target (repeat_due)
  where repeat_due is not null and repeat_number is null;

create index ably_auth_revocation_claim on ably_auth_revocation_target (claim);

create index ably_auth_revocation_of on ably_auth_revocation_target (revocation);

create index ably_auth_revocation_recent on ably_auth_revocation_target (issued_before);

-- Who has what. Times by the clock of the database.
create table ably_auth_instance (
  id varchar(32) primary key,
  change_number bigint not null,
  revocations bigint not null,
  seen bigint not null
);
