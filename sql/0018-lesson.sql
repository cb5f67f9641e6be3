-- Threat news and the staff lesson: who read, who learned. Kept as evidence of training.

-- News of the provider of this installation; plain texts for everybody who signs in, no company's data.
create table threat_news (
  id uuid primary key,
  published_at timestamptz not null default now(),
  title text not null check (length(title) between 1 and 80),
  body text not null check (length(body) between 1 and 600),
  todo text not null check (length(todo) between 1 and 400),
  source_url text,
  withdrawn_at timestamptz
);
grant select, insert, update on threat_news to mimamori_app;
grant select on threat_news to mimamori_backup;

create table news_reading (
  company_id uuid not null references company (id),
  -- Id in the catalogue, or of threat_news.
  news text not null,
  person_id uuid not null references person (id),
  read_at timestamptz not null,
  primary key (company_id, news, person_id)
);
call bind_to_scope('news_reading', 'company_id');
grant select, insert on news_reading to mimamori_app;

create table staff_member (
  id uuid primary key,
  company_id uuid not null references company (id),
  name text not null check (length(name) between 1 and 60),
  created_at timestamptz not null,
  left_at timestamptz,
  unique (company_id, id)
);
create unique index staff_member_name on staff_member (company_id, name) where left_at is null;
call bind_to_scope('staff_member', 'company_id');
grant select, insert, update on staff_member to mimamori_app;

-- The way in for staff without an account.
create table lesson_link (
  id uuid primary key,
  company_id uuid not null references company (id),
  hash bytea not null unique,
  created_at timestamptz not null,
  created_by uuid references person (id),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  unique (company_id, id)
);
call bind_to_scope('lesson_link', 'company_id');
grant select, insert, update on lesson_link to mimamori_app;
call let_functions_look('lesson_link');

create table training (
  id uuid primary key,
  company_id uuid not null references company (id),
  lesson text not null,
  edition text not null,
  -- As typed by the person; `staff_id` when it is the name of somebody on the list.
  name text not null check (length(name) between 1 and 60),
  person_id uuid references person (id),
  staff_id uuid,
  link_id uuid,
  started_at timestamptz not null,
  finished_at timestamptz,
  unique (company_id, id),
  foreign key (company_id, staff_id) references staff_member (company_id, id),
  foreign key (company_id, link_id) references lesson_link (company_id, id)
);
create index training_by_company on training (company_id, finished_at desc);
call bind_to_scope('training', 'company_id');
grant select, insert, update on training to mimamori_app;

create table training_answer (
  id uuid primary key,
  company_id uuid not null,
  training_id uuid not null,
  chapter text not null,
  choice text not null,
  is_right boolean not null,
  at timestamptz not null,
  foreign key (company_id, training_id) references training (company_id, id)
);
create index training_answer_by_training on training_answer (company_id, training_id, at);
call bind_to_scope('training_answer', 'company_id');
grant select, insert on training_answer to mimamori_app;

create function lesson_by_link(link_hash bytea) returns table (company_id uuid, link_id uuid, company_name text, expires_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select l.company_id, l.id, o.name, l.expires_at from lesson_link l join organisation o on o.id = l.company_id
  where l.hash = link_hash and l.revoked_at is null $$;
revoke execute on function lesson_by_link(bytea) from public;
grant execute on function lesson_by_link(bytea) to mimamori_app;
