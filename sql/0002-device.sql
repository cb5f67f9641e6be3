-- Named things of a company, and the credentials under which lines arrive.

create table device (
  id uuid primary key,
  company_id uuid not null references company (id),
  site_id uuid,
  nickname text not null check (length(nickname) between 1 and 40),
  class text not null check (class in ('utm', 'router', 'server', 'nas', 'pc', 'laptop', 'printer', 'other')),
  place text,
  person_name text,
  -- Names and addresses under which log lines speak of it (lower case).
  known_as text[] not null default '{}',
  created_at timestamptz not null default now(),
  retired_at timestamptz,
  retired_by uuid references person (id),
  unique (company_id, id),
  foreign key (company_id, site_id) references site (company_id, id)
);
call bind_to_scope('device', 'company_id');
grant select, insert, update on device to mimamori_app;
grant select on device to mimamori_detect;

create table sensor (
  id uuid primary key,
  company_id uuid not null references company (id),
  device_id uuid,
  name text not null,
  -- 'auto' = recognised line by line.
  source text not null default 'auto' check (source in ('auto', 'fortigate', 'windows', 'sshd', 'syslog')),
  class text not null check (class in ('utm', 'server', 'pc', 'laptop', 'mail')),
  -- A silent required sensor turns the owner's page to 見守れていません.
  required boolean not null default true,
  -- Seconds between lines that are expected; null until learned or set: the sensor is 準備中, never green.
  cadence_seconds integer check (cadence_seconds > 0),
  cadence_source text check (cadence_source in ('learned', 'set')),
  zone_minutes integer not null default 540 check (zone_minutes between -720 and 840),
  lines_per_second integer check (lines_per_second > 0),
  -- 'canary' sensors carry the canary of one receiver.
  canary text,
  created_at timestamptz not null default now(),
  created_by uuid references person (id),
  retired_at timestamptz,
  unique (company_id, id),
  foreign key (company_id, device_id) references device (company_id, id)
);
call bind_to_scope('sensor', 'company_id');
grant select, insert, update on sensor to mimamori_app;
grant select on sensor to mimamori_detect;

create table sensor_token (
  id uuid primary key,
  company_id uuid not null,
  sensor_id uuid not null,
  hash bytea not null unique,
  -- First characters, to tell tokens apart on a page.
  hint text not null,
  created_at timestamptz not null default now(),
  created_by uuid references person (id),
  revoked_at timestamptz,
  foreign key (company_id, sensor_id) references sensor (company_id, id)
);
call bind_to_scope('sensor_token', 'company_id');
grant select, insert, update on sensor_token to mimamori_app;

create table sensor_address (
  id uuid primary key,
  company_id uuid not null,
  sensor_id uuid not null,
  address inet not null,
  -- Our receiving port on which this address is agreed.
  port integer not null check (port between 1 and 65535),
  created_at timestamptz not null default now(),
  created_by uuid references person (id),
  revoked_at timestamptz,
  foreign key (company_id, sensor_id) references sensor (company_id, id)
);
create unique index sensor_address_agreed on sensor_address (address, port) where revoked_at is null;
call bind_to_scope('sensor_address', 'company_id');
grant select, insert, update on sensor_address to mimamori_app;

call let_functions_look('sensor');
call let_functions_look('sensor_token');
call let_functions_look('sensor_address');

-- The receivers' only question: whose credential is this? Answered by functions, so that the ingest role reads no table.
create function sensor_by_token(token_hash bytea)
  returns table (company_id uuid, sensor_id uuid, source text, lines_per_second integer, zone_minutes integer)
  language sql stable security definer set search_path = public as $$
  select s.company_id, s.id, s.source, s.lines_per_second, s.zone_minutes
  from sensor_token t join sensor s on s.id = t.sensor_id
  where t.hash = token_hash and t.revoked_at is null and s.retired_at is null $$;

create function sensor_by_address(peer inet, local_port integer)
  returns table (company_id uuid, sensor_id uuid, source text, lines_per_second integer, zone_minutes integer)
  language sql stable security definer set search_path = public as $$
  select s.company_id, s.id, s.source, s.lines_per_second, s.zone_minutes
  from sensor_address a join sensor s on s.id = a.sensor_id
  where a.address = peer and a.port = local_port and a.revoked_at is null and s.retired_at is null $$;

revoke execute on function sensor_by_token(bytea), sensor_by_address(inet, integer) from public;
grant execute on function sensor_by_token(bytea), sensor_by_address(inet, integer) to mimamori_ingest;
