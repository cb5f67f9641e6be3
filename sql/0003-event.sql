-- Lines as they arrived: one line is one row, in batches that are numbered in the order of their commits.

create sequence event_batch_no;

create table event_batch (
  no bigint primary key,
  company_id uuid not null,
  sensor_id uuid not null,
  day date not null,
  transport text not null check (transport in ('http', 'syslog-udp', 'syslog-tcp')),
  peer text not null,
  received_at timestamptz not null,
  lines integer not null check (lines > 0),
  foreign key (company_id, sensor_id) references sensor (company_id, id)
);
create index event_batch_of_sensor on event_batch (company_id, sensor_id, no desc);

-- Whoever inserts, the number is given here: the lock is held to the end of the transaction, so a smaller number is never
-- committed after a larger one, and a cursor over the numbers skips nothing.
create function number_event_batch() returns trigger
  language plpgsql security definer set search_path = public as $$
begin
  perform pg_advisory_xact_lock(7305801, 1);
  new.no := nextval('event_batch_no');
  return new;
end $$;
create trigger number_in_commit_order before insert on event_batch
  for each row execute function number_event_batch();

call bind_to_scope('event_batch', 'company_id');
-- Only the headers of batches are read across companies, by the detector's cursor; lines are read inside one company's scope.
create policy cursor on event_batch for select to mimamori_detect using (true);
-- The receiver learns its numbers from the sequence (currval) and reads no batch.
grant insert on event_batch to mimamori_ingest;
grant select on sequence event_batch_no to mimamori_ingest;
grant select on event_batch to mimamori_app, mimamori_detect;

create table event (
  day date not null,
  batch_no bigint not null,
  line integer not null,
  company_id uuid not null,
  sensor_id uuid not null,
  received_at timestamptz not null,
  raw text not null,
  -- The original bytes, where they are not the UTF-8 of `raw`.
  raw_bytes bytea,
  truncated boolean not null default false,
  primary key (day, batch_no, line)
) partition by range (day);
create index event_of_company on event (company_id, received_at);
call bind_to_scope('event', 'company_id');
grant insert on event to mimamori_ingest;
grant select on event to mimamori_app, mimamori_detect;

-- Makes the partition of one day. Nobody has rights on a partition itself, since the parent's policies do not bind a query
-- that names the child.
create function make_event_day(wanted date) returns void
  language plpgsql security definer set search_path = public as $$
declare child text := 'event_' || to_char(wanted, 'YYYYMMDD');
begin
  perform pg_advisory_xact_lock(7305801, 2);
  if to_regclass(child) is not null then return; end if;
  execute format('create table %I partition of event for values from (%L) to (%L)', child, wanted, wanted + 1);
  execute format('revoke all on %I from public, mimamori_app, mimamori_ingest, mimamori_detect, mimamori_backup', child);
  execute format('alter table %I enable row level security', child);
  execute format('alter table %I force row level security', child);
end $$;
revoke execute on function make_event_day(date) from public;
grant execute on function make_event_day(date) to mimamori_ingest;

-- Batches seen before, by the sender's key or the digest of the body; kept 7 days.
create table batch_key (
  company_id uuid not null,
  sensor_id uuid not null,
  key text not null,
  at timestamptz not null,
  lines integer not null,
  primary key (company_id, sensor_id, key)
);
call bind_to_scope('batch_key', 'company_id');
grant select, insert on batch_key to mimamori_ingest;
grant select, delete on batch_key to mimamori_detect;

-- What went wrong on the way in, counted: refused, cut, out of step, over the rate, gaps.
create table ingest_incident (
  id uuid primary key,
  company_id uuid not null,
  sensor_id uuid not null,
  at timestamptz not null,
  kind text not null check (kind in ('truncated', 'refused', 'rate', 'framing', 'token-mismatch', 'gap', 'too-deep')),
  count integer not null check (count > 0),
  detail text not null default '',
  foreign key (company_id, sensor_id) references sensor (company_id, id)
);
create index ingest_incident_by_time on ingest_incident (company_id, sensor_id, at desc);
call bind_to_scope('ingest_incident', 'company_id');
grant insert on ingest_incident to mimamori_ingest;
grant select on ingest_incident to mimamori_app, mimamori_detect;

-- Lines of senders nobody knows: seen by the provider alone, who can adopt them.
create table held_line (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  received_at timestamptz not null,
  transport text not null,
  peer text not null,
  port integer not null,
  raw text not null,
  raw_bytes bytea,
  adopted_at timestamptz,
  adopted_by uuid references person (id),
  adopted_sensor_id uuid references sensor (id)
);
create index held_line_of_peer on held_line (organisation_id, peer, port, received_at);
call bind_to_scope('held_line', 'organisation_id');
grant insert on held_line to mimamori_ingest;
grant select, update, delete on held_line to mimamori_app;

-- Per sensor, as far as the detector has read. `upto_batch` makes a repeated batch count once.
create table sensor_health (
  sensor_id uuid primary key,
  company_id uuid not null,
  upto_batch bigint not null default 0,
  first_received_at timestamptz not null,
  last_received_at timestamptz not null,
  last_event_at timestamptz,
  lines bigint not null default 0,
  partial bigint not null default 0,
  unreadable bigint not null default 0,
  late bigint not null default 0,
  -- Device clock minus ours, milliseconds, of the newest live line; since when it has been off by more than 5 minutes.
  skew_ms bigint,
  skew_since timestamptz,
  -- Gaps between arrivals, for learning the rhythm: newest first, seconds, at most 200.
  recent_gaps integer[] not null default '{}',
  foreign key (company_id, sensor_id) references sensor (company_id, id)
);
call bind_to_scope('sensor_health', 'company_id');
grant select, insert, update on sensor_health to mimamori_detect;
grant select on sensor_health to mimamori_app;

-- Arrivals per sensor and hour, for the strip of ticks.
create table sensor_hour (
  company_id uuid not null,
  sensor_id uuid not null,
  hour timestamptz not null,
  lines bigint not null,
  upto_batch bigint not null,
  primary key (company_id, sensor_id, hour)
);
call bind_to_scope('sensor_hour', 'company_id');
grant select, insert, update on sensor_hour to mimamori_detect;
grant select on sensor_hour to mimamori_app;

-- The newest lines that could not be read, kept as references to the stored line.
create table unreadable_line (
  company_id uuid not null,
  sensor_id uuid not null,
  day date not null,
  batch_no bigint not null,
  line integer not null,
  reason text not null,
  primary key (company_id, sensor_id, batch_no, line)
);
call bind_to_scope('unreadable_line', 'company_id');
grant select, insert, delete on unreadable_line to mimamori_detect;
grant select on unreadable_line to mimamori_app;

-- When a required rhythm was broken, and when it came back.
create table silence (
  id uuid primary key,
  company_id uuid not null,
  sensor_id uuid not null,
  since timestamptz not null,
  found_at timestamptz not null,
  desk_at timestamptz,
  owner_at timestamptz,
  ended_at timestamptz,
  explanation text,
  foreign key (company_id, sensor_id) references sensor (company_id, id)
);
create unique index silence_open on silence (sensor_id) where ended_at is null;
call bind_to_scope('silence', 'company_id');
grant select, insert, update on silence to mimamori_detect, mimamori_app;

-- How far the detector has read, with the state of its correlations at that place.
create table detector_state (
  name text primary key,
  upto_batch bigint not null,
  correlations text not null default '',
  saved_at timestamptz not null
);
grant select, insert, update on detector_state to mimamori_detect;
grant select on detector_state to mimamori_backup;
grant select (name, upto_batch, saved_at) on detector_state to mimamori_app;

-- One row per receiver: the last canary sent and the last whose way to a stored notice was closed.
create table canary (
  receiver text primary key,
  sent_at timestamptz,
  closed_at timestamptz,
  -- The moment at which the last closed canary had been sent.
  closed_sent_at timestamptz
);
grant select, insert, update on canary to mimamori_detect, mimamori_app;
grant select on canary to mimamori_backup;

call let_functions_look('company');

-- Every company with a contract at this installation, for the detector's timers (silence, partitions, delivery).
create function watched_companies() returns setof uuid
  language sql stable security definer set search_path = public as $$
  select id from company where ended_at is null and not canary $$;
-- Whether a spoken code is in use anywhere in the installation; says nothing else.
create function code_taken(wanted text) returns boolean
  language sql stable security definer set search_path = public as $$
  select exists (select 1 from company where code = wanted) $$;
revoke execute on function code_taken(text) from public;
grant execute on function code_taken(text) to mimamori_app;

-- The company that the canary lines belong to; null before the first start.
create function canary_company() returns uuid
  language sql stable security definer set search_path = public as $$
  select id from company where canary limit 1 $$;
revoke execute on function canary_company() from public;
grant execute on function canary_company() to mimamori_app, mimamori_detect;

revoke execute on function watched_companies() from public;
grant execute on function watched_companies() to mimamori_detect, mimamori_app;
