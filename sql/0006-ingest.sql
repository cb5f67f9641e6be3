-- What receiving needs besides its tables: proof of a commit, gaps of the senders' numbers, what no sensor can be told.

call let_functions_look('event_batch');

-- Whether a batch was kept, for an appender whose connection broke before the answer to its commit. Waits for the lock of
-- the numbers, so a transaction that may still be committing it has ended. Answers for a batch that the asker knows whole.
create function batch_stored(
  wanted bigint, wanted_company uuid, wanted_sensor uuid, wanted_at timestamptz, wanted_lines integer
) returns boolean
  language plpgsql security definer set search_path = public as $$
begin
  perform pg_advisory_xact_lock(7305801, 1);
  return exists (
    select from event_batch
    where no = wanted and company_id = wanted_company and sensor_id = wanted_sensor
      and received_at = wanted_at and lines = wanted_lines);
end $$;
revoke execute on function batch_stored(bigint, uuid, uuid, timestamptz, integer) from public;
grant execute on function batch_stored(bigint, uuid, uuid, timestamptz, integer) to mimamori_ingest;

-- How far the numbers of each sender have come, as the detector has read them from the kept lines. It works across a kill of
-- the receiver, since nothing of it lives in memory. `stream` is the sender's host name: a relay speaks for several.
create table sensor_sequence (
  company_id uuid not null,
  sensor_id uuid not null,
  stream text not null,
  last bigint not null,
  upto_batch bigint not null,
  missing bigint not null default 0,
  runs integer not null default 1,
  seen_at timestamptz not null,
  primary key (company_id, sensor_id, stream),
  foreign key (company_id, sensor_id) references sensor (company_id, id)
);
call bind_to_scope('sensor_sequence', 'company_id');
grant select, insert, update, delete on sensor_sequence to mimamori_detect;
grant select on sensor_sequence to mimamori_app;

-- Gaps are found by the detector and stand beside the other incidents.
grant insert on ingest_incident to mimamori_detect;

-- What a receiver lost or refused before it knew whose it was: no company's data.
create table receiver_incident (
  id uuid primary key,
  at timestamptz not null,
  receiver text not null check (receiver in ('udp', 'tcp', 'http')),
  kind text not null check (kind in ('kernel-drop', 'overload', 'connections', 'held-full', 'framing')),
  count integer not null check (count > 0),
  detail text not null default ''
);
create index receiver_incident_by_time on receiver_incident (at desc);
grant insert on receiver_incident to mimamori_ingest;
grant select on receiver_incident to mimamori_app, mimamori_detect, mimamori_backup;
