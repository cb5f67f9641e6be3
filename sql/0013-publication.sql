-- Where a company publishes its basic policy, and every look at that page. Who named which address stays; the newest is in force.
create table publication (
  id uuid primary key,
  company_id uuid not null references company (id),
  -- null = the page that Mimamori hosts.
  url text check (url ~ '^https://' and length(url) <= 2000),
  -- The day since which it stands there, as the company says.
  published_on date,
  named_at timestamptz not null,
  named_by uuid references person (id),
  unique (company_id, id)
);
create index publication_newest on publication (company_id, named_at desc);
call bind_to_scope('publication', 'company_id');
grant select, insert on publication to mimamori_app;

-- What was found. A failed look says why; a page whose text no program can read waits for a person of the desk.
create table publication_check (
  id uuid primary key,
  company_id uuid not null,
  publication_id uuid not null,
  at timestamptz not null,
  outcome text not null check (outcome in ('ok', 'lacks', 'down', 'needs_person')),
  -- Of a failed look: why the visit ended, or 'status' with the answer's number.
  why text,
  status integer,
  -- Where redirects ended.
  final_url text,
  lacking text[] not null default '{}',
  -- Claims on the page that a self-declaration may not make: [{"words":…,"suggestion":…}].
  hits jsonb not null default '[]',
  -- Of the bytes, hex: what a person confirmed stays confirmed until the file changes.
  sha256 text,
  -- Who looked: null = the program by the clock.
  by_person uuid references person (id),
  -- Whether by_person read the page and found what the program could not read.
  confirmed boolean not null default false,
  took_ms integer not null,
  foreign key (company_id, publication_id) references publication (company_id, id)
);
create index publication_check_newest on publication_check (company_id, publication_id, at desc);
call bind_to_scope('publication_check', 'company_id');
grant select, insert on publication_check to mimamori_app;
