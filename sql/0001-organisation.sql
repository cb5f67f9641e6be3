-- Organisations, people and what they may see.
-- Every table of company data carries the company (or organisation) and is bound by row-level security to the list of
-- organisations in app.scope, set inside the transaction. An absent scope sees nothing.

create function app_scope() returns uuid[]
  language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('app.scope', true), '')::uuid[], '{}'::uuid[]) $$;

create function app_person() returns uuid
  language sql stable parallel safe
  as $$ select nullif(current_setting('app.person', true), '')::uuid $$;

-- Binds one table to the scope, for the roles that work inside it, and lets the backup role read it whole.
create procedure bind_to_scope(tbl regclass, organisation_column text)
  language plpgsql as $$
begin
  execute format('alter table %s enable row level security', tbl);
  execute format('alter table %s force row level security', tbl);
  execute format(
    'create policy scope on %s to mimamori_app, mimamori_detect, mimamori_ingest '
    'using (%I = any ((select app_scope())::uuid[])) with check (%I = any ((select app_scope())::uuid[]))',
    tbl, organisation_column, organisation_column);
  execute format('create policy backup on %s for select to mimamori_backup using (true)', tbl);
  execute format('grant select on %s to mimamori_backup', tbl);
end $$;

-- The few look-ups across companies (whose token, which number) are functions that run as the owner of the tables; the owner
-- is bound like everybody else, so it needs leave to read just these tables. No part of the program connects as the owner.
create procedure let_functions_look(tbl regclass)
  language plpgsql as $$
begin
  execute format('create policy look_up on %s for select to %I using (true)', tbl, current_user);
end $$;

create table organisation (
  id uuid primary key,
  kind text not null check (kind in ('company', 'provider', 'partner', 'buyer', 'insurer', 'secretariat', 'review', 'programme')),
  name text not null check (length(name) between 1 and 200),
  created_at timestamptz not null default now()
);
call bind_to_scope('organisation', 'id');
grant select, insert, update on organisation to mimamori_app;
grant select on organisation to mimamori_detect;

-- One row: whose installation this is. Read by everybody who runs in it.
create table installation (
  one boolean primary key default true check (one),
  provider_id uuid not null references organisation (id),
  practice boolean not null,
  desk_phone text not null,
  desk_hours text not null,
  set_up_at timestamptz not null default now()
);
grant select on installation to mimamori_app, mimamori_detect, mimamori_ingest, mimamori_backup;
grant insert, update on installation to mimamori_app;

create table company (
  id uuid primary key references organisation (id),
  -- The code spoken on the telephone, e.g. M-0427.
  code text not null unique check (code ~ '^M-[0-9]{4,6}$'),
  corporate_number text check (corporate_number ~ '^[0-9]{13}$'),
  sole_proprietor boolean not null default false,
  prefecture text,
  trade text,
  employees integer check (employees >= 0),
  -- The company that the canary lines belong to: never listed, counted or notified.
  canary boolean not null default false,
  created_at timestamptz not null default now(),
  ended_at timestamptz
);
call bind_to_scope('company', 'id');
grant select, insert, update on company to mimamori_app;
grant select on company to mimamori_detect;

-- Who does what for whom: a provider's contract with a company gives its staff the company's scope.
create table relation (
  id uuid primary key,
  kind text not null check (kind in ('contract', 'partnership', 'supply', 'membership')),
  from_id uuid not null references organisation (id),
  to_id uuid not null references organisation (id),
  since timestamptz not null default now(),
  ended_at timestamptz,
  unique (kind, from_id, to_id)
);
call bind_to_scope('relation', 'from_id');
grant select, insert, update on relation to mimamori_app;

create table site (
  id uuid primary key,
  company_id uuid not null references company (id),
  name text not null,
  address text,
  created_at timestamptz not null default now(),
  unique (company_id, id)
);
call bind_to_scope('site', 'company_id');
grant select, insert, update on site to mimamori_app;
grant select on site to mimamori_detect;

create table person (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  role text not null check (role in ('owner', 'member', 'admin', 'analyst')),
  name text not null,
  email text not null check (email = lower(email)),
  phone text,
  language text not null default 'ja' check (language in ('ja', 'en')),
  -- Order in the call chain; null = not called and not mailed.
  contact_order integer,
  created_at timestamptz not null default now(),
  ended_at timestamptz
);
create unique index person_email on person (email) where ended_at is null;
call bind_to_scope('person', 'organisation_id');
-- A person sees the own row before any scope is known: this is how a session learns whom it acts for.
create policy self on person for select to mimamori_app using (id = app_person());
grant select, insert, update on person to mimamori_app;
grant select on person to mimamori_detect;

-- The trail of what people did, for the company it was done to.
create table audit (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  person_id uuid references person (id),
  at timestamptz not null default now(),
  act text not null,
  subject text,
  detail jsonb not null default '{}'
);
create index audit_by_time on audit (organisation_id, at desc);
call bind_to_scope('audit', 'organisation_id');
grant select, insert on audit to mimamori_app, mimamori_detect;

-- What was bought, and when each part was last proved to work. Amounts in yen without tax.
create table plan (
  id uuid primary key,
  company_id uuid not null references company (id),
  kind text not null check (kind in ('network', 'endpoint', 'both')),
  desk text not null,
  watch text not null,
  dispatch text not null,
  insurance text not null,
  network_price_yen integer,
  endpoint_price_yen integer,
  endpoints integer,
  starts_on date not null,
  term_months integer not null check (term_months between 1 and 24),
  explained_on date,
  explained_to text,
  created_at timestamptz not null default now()
);
call bind_to_scope('plan', 'company_id');
grant select, insert, update on plan to mimamori_app;

create table plan_proof (
  id uuid primary key,
  company_id uuid not null references company (id),
  item text not null check (item in ('desk', 'watch', 'dispatch', 'insurance', 'price', 'term')),
  proved_at timestamptz not null,
  text_ja text not null,
  text_en text not null
);
call bind_to_scope('plan_proof', 'company_id');
grant select, insert on plan_proof to mimamori_app;
