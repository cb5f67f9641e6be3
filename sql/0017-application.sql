-- Applications to the register, by anybody. They belong to the organisation that runs the register; the applicant has no
-- account and reaches the own application by links alone. Nothing here is public: what is public stands in the register.

create table application (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  kind text not null check (kind in ('new', 'details', 'step-up')),
  -- The entry that a change is about.
  entry text,
  -- What was typed so far, by the keys of the form.
  filled jsonb not null default '{}',
  state text not null check (
    state in ('draft', 'sent', 'checking', 'review', 'asked', 'entered', 'refused', 'withdrawn')),
  language text not null check (language in ('ja', 'en')),
  -- Lower case; null until it was typed.
  email text,
  -- The address that answered the last confirmation.
  confirmed_email text,
  -- What a person has to look at: [{"reason", "weight", "detail"}].
  reasons jsonb not null default '[]',
  -- The number of the entry that came of it.
  number text,
  started_at timestamptz not null,
  sent_at timestamptz,
  confirmed_at timestamptz,
  -- When it was entered, refused or withdrawn.
  settled_at timestamptz,
  unique (organisation_id, id),
  check ((state = 'entered') = (number is not null)),
  check (kind = 'new' or entry is not null)
);
create index application_queue on application (organisation_id, state, confirmed_at);
create index application_of_number on application (organisation_id, number);
create index application_of_mail on application (organisation_id, email);
call bind_to_scope('application', 'organisation_id');
grant select, insert, update, delete on application to mimamori_app;

-- What happened to it, told to the applicant as far as `text` and the kind say; a row is never changed, and goes only with
-- the application itself.
create table application_event (
  id uuid primary key,
  organisation_id uuid not null,
  application_id uuid not null,
  at timestamptz not null,
  kind text not null check (kind in (
    'sent', 'confirmed', 'looked', 'held', 'asked', 'answered', 'entered', 'refused', 'reopened', 'withdrawn')),
  -- null = the applicant or the program.
  by_person uuid references person (id),
  text text not null default '',
  detail jsonb not null default '{}',
  foreign key (organisation_id, application_id) references application (organisation_id, id) on delete cascade
);
create index application_event_of on application_event (organisation_id, application_id, at);
call bind_to_scope('application_event', 'organisation_id');
grant select, insert on application_event to mimamori_app;

-- The applicant's keys; only their hashes are kept.
create table application_link (
  hash bytea primary key,
  organisation_id uuid not null,
  application_id uuid not null,
  purpose text not null check (purpose in ('draft', 'confirm', 'state', 'change')),
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  foreign key (organisation_id, application_id) references application (organisation_id, id) on delete cascade
);
create index application_link_of on application_link (organisation_id, application_id);
call bind_to_scope('application_link', 'organisation_id');
grant select, insert, update, delete on application_link to mimamori_app;

call let_functions_look('application_link');

-- Whose link it is: the only thing that can be asked without a scope.
create function application_by_link(link_hash bytea)
  returns table (
    organisation_id uuid, application_id uuid, purpose text, expires_at timestamptz, used_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select organisation_id, application_id, purpose, expires_at, used_at from application_link where hash = link_hash $$;
revoke execute on function application_by_link(bytea) from public;
grant execute on function application_by_link(bytea) to mimamori_app;

-- The public counts read this index alone.
create index registry_entry_counted on registry_entry (level, prefecture, industry, declared_on) where status = 'active';
