-- The basic items a company promised to work on, what it closed of its to-do list, and what the watch found beside an answer.

-- One promise. It is a draft until one named person confirmed the whole text; from then on nobody changes it.
create table pledge (
  id uuid primary key,
  company_id uuid not null references company (id),
  edition text not null check (edition in ('jou5', 'jou6')),
  begun_at timestamptz not null,
  begun_by uuid references person (id),
  confirmed_at timestamptz,
  confirmed_by uuid references person (id),
  by_name text check (length(by_name) between 1 and 60),
  by_title text check (length(by_title) between 1 and 60),
  -- The whole text as it stood on the page of the confirmation, and its sha256.
  text_shown text,
  text_hash text check (text_hash ~ '^[0-9a-f]{64}$'),
  unique (company_id, id),
  check (num_nonnulls(confirmed_at, by_name, by_title, text_shown, text_hash) in (0, 5))
);
create unique index pledge_draft on pledge (company_id) where confirmed_at is null;
create index pledge_of_company on pledge (company_id, confirmed_at desc);
call bind_to_scope('pledge', 'company_id');
create policy confirmed_stays on pledge as restrictive for update to mimamori_app
  using (confirmed_at is null) with check (true);
grant select, insert on pledge to mimamori_app;
grant update (edition, confirmed_at, confirmed_by, by_name, by_title, text_shown, text_hash) on pledge to mimamori_app;

-- One item of it, ticked by a person; a tick of a draft may be taken back.
create table pledge_tick (
  company_id uuid not null,
  pledge_id uuid not null,
  item text not null check (item ~ '^pl\.[a-z_]+$'),
  at timestamptz not null,
  by_person uuid references person (id),
  by_name text not null,
  primary key (company_id, pledge_id, item),
  foreign key (company_id, pledge_id) references pledge (company_id, id)
);
call bind_to_scope('pledge_tick', 'company_id');
create policy confirmed_stays on pledge_tick as restrictive for delete to mimamori_app using (exists (
  select 1 from pledge p where p.company_id = pledge_tick.company_id and p.id = pledge_tick.pledge_id and p.confirmed_at is null));
grant select, insert, delete on pledge_tick to mimamori_app;

-- Something of the to-do list that somebody did: when, who, and what the record said at that moment.
create table to_do_closing (
  id uuid primary key,
  company_id uuid not null references company (id),
  -- A question sc.…, an item pl.…, or ev.<item> for what the record shows otherwise.
  key text not null check (key ~ '^(sc|pl|ev)\.[a-z_]+$'),
  why text not null check (why in ('unknown', 'not_done', 'partly', 'contradicted', 'unticked')),
  done_on date not null,
  by_person uuid not null references person (id),
  by_name text not null,
  at timestamptz not null,
  evidence jsonb not null default '[]'
);
create index to_do_closing_of on to_do_closing (company_id, at desc);
call bind_to_scope('to_do_closing', 'company_id');
grant select, insert on to_do_closing to mimamori_app;

-- What the stored lines say of one thing: the newest good and the newest bad sign, and when it was last seen at all.
create table evidence_observation (
  company_id uuid not null references company (id),
  signal text not null,
  -- device:<id>, or host:<name> for a machine that is not in the list.
  item_key text not null,
  item_name text not null,
  state text not null check (state in ('ok', 'bad', 'seen')),
  at timestamptz not null,
  sensor_id uuid not null,
  -- The name under which lines speak of it.
  host text not null default '',
  primary key (company_id, signal, item_key, state),
  foreign key (company_id, sensor_id) references sensor (company_id, id)
);
call bind_to_scope('evidence_observation', 'company_id');
grant select, insert, update on evidence_observation to mimamori_app;

-- How far a company's lines have been looked through.
create table evidence_gathered (
  company_id uuid primary key references company (id),
  upto timestamptz not null
);
call bind_to_scope('evidence_gathered', 'company_id');
grant select, insert, update on evidence_gathered to mimamori_app;

-- What a person of the company put on record: a device erased before it left, a test restore.
create table evidence_record (
  id uuid primary key,
  company_id uuid not null references company (id),
  signal text not null check (signal in ('device_retired', 'restore_test')),
  item_key text not null,
  item_name text not null check (length(item_name) between 1 and 80),
  done_on date not null,
  at timestamptz not null,
  by_person uuid not null references person (id),
  by_name text not null
);
create index evidence_record_of on evidence_record (company_id, signal, done_on desc);
call bind_to_scope('evidence_record', 'company_id');
grant select, insert on evidence_record to mimamori_app;
