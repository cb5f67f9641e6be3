-- The public register of self-declarations that this installation may run for a region or a chamber. Public columns only,
-- so no row-level security: it would keep the search from its index. Who is behind an entry (applicant, company, persons)
-- stands in the tables of applications and declarations, which are bound.

-- At most one row. `run_by` is the organisation that answers for the register.
create table registry (
  one boolean primary key default true check (one),
  run_by uuid not null references organisation (id),
  code text not null check (code ~ '^[A-Z]{2,5}$'),
  name text not null check (length(name) between 1 and 100),
  name_en text not null check (length(name_en) between 1 and 100),
  levels text[] not null check (levels <@ '{SA1,SA2}' and cardinality(levels) > 0),
  -- Whether a person looks at every application before it gets a number.
  review boolean not null,
  terms text not null,
  data_licence text not null,
  data_licence_url text check (data_licence_url ~ '^https?://'),
  contact text not null,
  opened_at timestamptz
);
grant select, insert on registry to mimamori_app;
-- Neither code nor organisation: numbers begin with the one, and the other answers for them.
grant update (name, name_en, levels, review, terms, data_licence, data_licence_url, contact, opened_at) on registry to mimamori_app;

create table registry_entry (
  number text collate "C" primary key check (number ~ '^[A-Z]{2,5}-[0-9A-HJKMNP-TV-Z]{8}[0-9A-HJKMNP-TV-Z*~$=U]$'),
  name text not null check (length(name) between 1 and 200),
  name_kana text check (length(name_kana) <= 200),
  corporate_number text collate "C" check (corporate_number ~ '^[0-9]{13}$'),
  sole_proprietor boolean not null default false,
  -- JIS X 0401.
  prefecture text collate "C" not null check (prefecture ~ '^(0[1-9]|[1-3][0-9]|4[0-7])$'),
  town text check (length(town) <= 100),
  industry text collate "C" check (industry ~ '^[A-T]$'),
  level text collate "C" not null check (level in ('SA1', 'SA2')),
  pledge_edition text collate "C" not null check (pledge_edition in ('jou5', 'jou6')),
  declared_on date not null,
  self_check_on date,
  policy_url text check (policy_url ~ '^https?://'),
  status text collate "C" not null default 'active' check (status in ('active', 'suspended', 'stopped')),
  status_since timestamptz not null,
  replaces text collate "C" references registry_entry (number),
  replaced_by text collate "C" references registry_entry (number),
  updated_at timestamptz not null,
  -- What searching reads: see src/registry/normalise.ts and gram.ts.
  name_key text collate "C" not null,
  kana_key text collate "C" not null,
  grams integer[] not null,
  check (not sole_proprietor or corporate_number is null)
);
-- Pairs of characters and the filters, in one index. Without the list of rows waiting to be sorted in, so that a search
-- costs the same whether something was entered a moment ago or not.
create index registry_entry_grams on registry_entry using gin (grams) with (fastupdate = off);
-- Enough to know how usual each pair is; the plan of a search rests on it.
alter table registry_entry alter column grams set statistics 1000;
create index registry_entry_newest on registry_entry (declared_on desc, number desc);
create index registry_entry_corporate on registry_entry (corporate_number) where corporate_number is not null;
-- For the status lists of the badges.
create index registry_entry_not_active on registry_entry (number, status) where status <> 'active';
create index registry_entry_name on registry_entry (name_key);
create index registry_entry_kana on registry_entry (kana_key) where kana_key <> '';
grant select, insert on registry_entry to mimamori_app;
grant update (name, name_kana, corporate_number, prefecture, town, industry, level, pledge_edition, declared_on, self_check_on,
  policy_url, status, status_since, replaced_by, updated_at, name_key, kana_key, grams) on registry_entry to mimamori_app;

-- What happened to an entry, for everybody to read. A record: nobody changes or removes a row.
create table registry_entry_event (
  id uuid primary key,
  number text collate "C" not null references registry_entry (number),
  kind text not null check (kind in ('entered', 'level_changed', 'details_changed', 'suspended', 'resumed', 'stopped', 'replaced')),
  at timestamptz not null,
  -- Which side; persons stand in the trail.
  by text not null check (by in ('company', 'registry', 'system')),
  level text not null check (level in ('SA1', 'SA2')),
  reason text check (length(reason) <= 400)
);
create index registry_entry_event_of on registry_entry_event (number, at);
grant select, insert on registry_entry_event to mimamori_app;
