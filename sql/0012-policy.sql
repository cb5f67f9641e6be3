-- The basic policy: the draft that the wizard fills in, the approved versions, and whether Mimamori shows it to everybody.

create table policy_draft (
  company_id uuid primary key references company (id),
  -- Answers, chosen articles, own wording: src/policy/draft.ts.
  content jsonb not null,
  changed_at timestamptz not null,
  changed_by uuid references person (id)
);
call bind_to_scope('policy_draft', 'company_id');
grant select, insert, update on policy_draft to mimamori_app;

-- A version is frozen: nobody may change or remove it.
create table policy_version (
  id uuid primary key,
  company_id uuid not null references company (id),
  number integer not null check (number > 0),
  lang text not null check (lang in ('ja', 'en')),
  -- Of the policy texts in the catalogue.
  edition text not null,
  title text not null,
  preamble text not null,
  -- [{key, title, text}], every value filled in.
  articles jsonb not null,
  closing jsonb not null,
  -- What it was made from, for the next version.
  source jsonb not null,
  established_on date not null,
  revised_on date,
  -- Required subjects that no article covers.
  missing text[] not null,
  -- Of the text that was shown, UTF-8.
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  approved_name text not null check (length(approved_name) between 1 and 80),
  approved_title text not null check (length(approved_title) between 1 and 80),
  approved_at timestamptz not null,
  approved_by uuid not null references person (id),
  unique (company_id, number),
  unique (company_id, id)
);
call bind_to_scope('policy_version', 'company_id');
grant select, insert on policy_version to mimamori_app;
call let_functions_look('policy_version');

-- A yearly look that changed nothing.
create table policy_review (
  id uuid primary key,
  company_id uuid not null,
  version_id uuid not null,
  reviewed_at timestamptz not null,
  reviewed_by uuid not null references person (id),
  foreign key (company_id, version_id) references policy_version (company_id, id)
);
create index policy_review_by_version on policy_review (company_id, version_id, reviewed_at desc);
call bind_to_scope('policy_review', 'company_id');
grant select, insert on policy_review to mimamori_app;

-- How many people of the company said that they read a version.
create table policy_reading (
  id uuid primary key,
  company_id uuid not null,
  version_id uuid not null,
  people integer not null check (people between 1 and 100000),
  confirmed integer not null check (confirmed >= 0),
  counted_at timestamptz not null,
  counted_by uuid not null references person (id),
  check (confirmed <= people),
  foreign key (company_id, version_id) references policy_version (company_id, id)
);
create index policy_reading_by_version on policy_reading (company_id, version_id, counted_at desc);
call bind_to_scope('policy_reading', 'company_id');
grant select, insert on policy_reading to mimamori_app;

-- The page at /published/<code>; the code stays the same when it is switched off and on.
create table policy_page (
  company_id uuid primary key references company (id),
  code text not null unique check (code ~ '^[a-z2-9]{4}-[a-z2-9]{4}$'),
  open boolean not null,
  changed_at timestamptz not null,
  changed_by uuid references person (id)
);
call bind_to_scope('policy_page', 'company_id');
grant select, insert, update on policy_page to mimamori_app;
call let_functions_look('policy_page');

create function published_policy(page_code text) returns table (
    company_name text, number integer, lang text, title text, preamble text, articles jsonb, closing jsonb,
    established_on date, revised_on date, approved_name text, approved_title text, approved_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select o.name, v.number, v.lang, v.title, v.preamble, v.articles, v.closing, v.established_on, v.revised_on,
    v.approved_name, v.approved_title, v.approved_at
  from policy_page p
  join organisation o on o.id = p.company_id
  join company c on c.id = p.company_id and c.ended_at is null
  join policy_version v on v.company_id = p.company_id
  where p.code = page_code and p.open
  order by v.number desc limit 1 $$;
revoke execute on function published_policy(text) from public;
grant execute on function published_policy(text) to mimamori_app;
