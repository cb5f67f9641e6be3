-- From rule hits to one story, to what the owner gets, to the case that a person carries.
-- A state is a record with who, when and why; nothing is closed because of a flag.

create table alert (
  id uuid primary key,
  company_id uuid not null references company (id),
  -- company + family + device (+ counterpart): one story.
  family text not null,
  group_key text not null,
  -- Detection id of catalogue/notices.yaml (e.g. net.beacon) and the notice type it leads to (e.g. n03).
  detection text not null,
  notice_type text not null,
  device_id uuid,
  sensor_id uuid not null,
  severity text not null check (severity in ('now', 'today', 'week', 'info')),
  severity_reason text not null,
  -- What is held by a recorded act: {"kind":"gateway-block","at":…,"by":"device"}; null = nothing is held.
  held jsonb,
  -- Values for the notice's fields.
  facts jsonb not null default '{}',
  count bigint not null default 0,
  first_at timestamptz not null,
  last_at timestamptz not null,
  arrived_at timestamptz not null,
  raised_at timestamptz not null,
  practice boolean not null default false,
  unique (company_id, id),
  foreign key (company_id, device_id) references device (company_id, id),
  foreign key (company_id, sensor_id) references sensor (company_id, id)
);
create index alert_group on alert (company_id, group_key, last_at desc);
create index alert_recent on alert (company_id, raised_at desc);
call bind_to_scope('alert', 'company_id');
grant select, insert, update on alert to mimamori_detect;
grant select, update on alert to mimamori_app;

-- One rule hit on one batch, or one correlation window; the key makes a repeated read count once.
create table detection (
  company_id uuid not null,
  key text not null,
  alert_id uuid not null,
  sensor_id uuid not null,
  rule_id text not null,
  rule_title text not null,
  rule_author text not null,
  rule_link text not null,
  rule_licence text not null,
  rule_level text not null,
  rule_set text not null,
  at timestamptz not null,
  arrived_at timestamptz not null,
  count integer not null,
  selections text[] not null default '{}',
  fields jsonb not null default '{}',
  primary key (company_id, key),
  foreign key (company_id, alert_id) references alert (company_id, id)
);
create index detection_of_alert on detection (company_id, alert_id, at);
call bind_to_scope('detection', 'company_id');
grant select, insert, update on detection to mimamori_detect;
grant select on detection to mimamori_app;

-- The stored lines that show it; at most 200 an alert, the count on the alert stays exact.
create table alert_evidence (
  company_id uuid not null,
  alert_id uuid not null,
  day date not null,
  batch_no bigint not null,
  line integer not null,
  at timestamptz not null,
  rule_id text not null,
  primary key (company_id, alert_id, batch_no, line, rule_id),
  foreign key (company_id, alert_id) references alert (company_id, id)
);
call bind_to_scope('alert_evidence', 'company_id');
grant select, insert on alert_evidence to mimamori_detect;
grant select on alert_evidence to mimamori_app;

-- An analyst's decisions on an alert. `withdrawn_at` is the undo.
create table alert_decision (
  id uuid primary key,
  company_id uuid not null,
  alert_id uuid not null,
  kind text not null check (kind in ('closing', 'merge', 'later', 'assignment', 'question', 'case')),
  -- closing: false-alarm, permitted, sensor-test, duplicate, information, handled
  reason text,
  note text not null default '',
  into_alert_id uuid,
  until timestamptz,
  assignee_id uuid references person (id),
  by_person uuid references person (id),
  at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid references person (id),
  foreign key (company_id, alert_id) references alert (company_id, id),
  foreign key (company_id, into_alert_id) references alert (company_id, id)
);
create index alert_decision_of on alert_decision (company_id, alert_id, at);
call bind_to_scope('alert_decision', 'company_id');
grant select, insert, update on alert_decision to mimamori_app;
grant select, insert on alert_decision to mimamori_detect;

create table "case" (
  id uuid primary key,
  company_id uuid not null references company (id),
  number text not null unique,
  severity text not null check (severity in ('now', 'today', 'week', 'info')),
  title_ja text not null,
  title_en text not null,
  opened_at timestamptz not null,
  -- null = opened by the program.
  opened_by uuid references person (id),
  practice boolean not null default false,
  unique (company_id, id)
);
create index case_recent on "case" (company_id, opened_at desc);
call bind_to_scope('"case"', 'company_id');
grant select, insert, update on "case" to mimamori_app, mimamori_detect;

create table case_alert (
  company_id uuid not null,
  case_id uuid not null,
  alert_id uuid not null,
  at timestamptz not null,
  primary key (company_id, case_id, alert_id),
  foreign key (company_id, case_id) references "case" (company_id, id),
  foreign key (company_id, alert_id) references alert (company_id, id)
);
call bind_to_scope('case_alert', 'company_id');
grant select, insert, delete on case_alert to mimamori_app, mimamori_detect;

-- The timeline. Texts are kept as the reader saw them.
create table case_entry (
  id uuid primary key,
  company_id uuid not null,
  case_id uuid not null,
  at timestamptz not null,
  by_person uuid references person (id),
  kind text not null check (kind in ('opening', 'note', 'alert', 'notice', 'answer', 'task', 'call', 'act', 'stage', 'closing')),
  -- Whether the owner sees the entry on the page of the incident.
  for_owner boolean not null default false,
  text_ja text not null,
  text_en text not null,
  detail jsonb not null default '{}',
  foreign key (company_id, case_id) references "case" (company_id, id)
);
create index case_entry_of on case_entry (company_id, case_id, at);
call bind_to_scope('case_entry', 'company_id');
grant select, insert on case_entry to mimamori_app, mimamori_detect;

create table case_closing (
  case_id uuid primary key,
  company_id uuid not null,
  by_person uuid not null references person (id),
  at timestamptz not null,
  reason text not null check (reason in ('resolved', 'false-alarm', 'permitted', 'test', 'handed-over', 'owner-declined')),
  note text not null default '',
  foreign key (company_id, case_id) references "case" (company_id, id)
);
call bind_to_scope('case_closing', 'company_id');
grant select, insert on case_closing to mimamori_app;
grant select on case_closing to mimamori_detect;

create table notice (
  id uuid primary key,
  company_id uuid not null references company (id),
  alert_id uuid,
  silence_id uuid references silence (id),
  case_id uuid,
  -- 8 random digits and a check digit (Damm), shown 4-4-1.
  number text not null unique check (number ~ '^[0-9]{9}$'),
  type text not null,
  variant text,
  severity text not null check (severity in ('now', 'today', 'week', 'info')),
  severity_reason text not null,
  facts jsonb not null,
  -- The finished texts, as sent: {"ja":{title,what[],todo[],doNot[],answers[]},"en":{…}}.
  texts jsonb not null,
  made_at timestamptz not null,
  -- When it goes out: at once, in 5 minutes, at 7:00, in the mail of the day.
  due_at timestamptz not null,
  handed_at timestamptz,
  next_contact_at timestamptz,
  withdrawn_at timestamptz,
  practice boolean not null default false,
  canary boolean not null default false,
  unique (company_id, id),
  foreign key (company_id, alert_id) references alert (company_id, id),
  foreign key (company_id, case_id) references "case" (company_id, id)
);
create index notice_recent on notice (company_id, made_at desc);
create index notice_of_alert on notice (company_id, alert_id);
create index notice_to_hand on notice (due_at) where handed_at is null and withdrawn_at is null;
call bind_to_scope('notice', 'company_id');
grant select, insert, update on notice to mimamori_app, mimamori_detect;
grant delete on notice to mimamori_detect;

call let_functions_look('notice');

-- Whether a notice of this number was sent: the only thing that anybody may ask.
create function notice_by_number(wanted text)
  returns table (made_at timestamptz, severity text, code text)
  language sql stable security definer set search_path = public as $$
  select n.made_at, n.severity, c.code from notice n join company c on c.id = n.company_id
  where n.number = wanted and n.handed_at is not null and not n.canary $$;
revoke execute on function notice_by_number(text) from public;
grant execute on function notice_by_number(text) to mimamori_app;

create table notice_delivery (
  id uuid primary key,
  company_id uuid not null,
  notice_id uuid not null,
  person_id uuid not null references person (id),
  channel text not null check (channel in ('mail', 'portal')),
  state text not null check (state in ('queued', 'handed', 'delivered', 'read', 'answered', 'refused', 'failed')),
  queued_at timestamptz not null,
  handed_at timestamptz,
  read_at timestamptz,
  tries integer not null default 0,
  next_try_at timestamptz,
  error text,
  unique (notice_id, person_id, channel),
  foreign key (company_id, notice_id) references notice (company_id, id)
);
create index notice_delivery_queue on notice_delivery (next_try_at) where state = 'queued';
call bind_to_scope('notice_delivery', 'company_id');
grant select, insert, update on notice_delivery to mimamori_app, mimamori_detect;

-- A signed link of a mail: this notice, this person, 72 hours, no history.
create table notice_link (
  hash bytea primary key,
  company_id uuid not null,
  notice_id uuid not null,
  person_id uuid not null references person (id),
  expires_at timestamptz not null,
  foreign key (company_id, notice_id) references notice (company_id, id)
);
call bind_to_scope('notice_link', 'company_id');
grant select, insert, delete on notice_link to mimamori_app, mimamori_detect;

call let_functions_look('notice_link');

create function notice_by_link(token_hash bytea)
  returns table (company_id uuid, notice_id uuid, person_id uuid, expires_at timestamptz)
  language sql stable security definer set search_path = public as $$
  select company_id, notice_id, person_id, expires_at from notice_link where hash = token_hash $$;
revoke execute on function notice_by_link(bytea) from public;
grant execute on function notice_by_link(bytea) to mimamori_app;

create table notice_answer (
  id uuid primary key,
  company_id uuid not null,
  notice_id uuid not null,
  answer text not null,
  action text not null,
  label_ja text not null,
  label_en text not null,
  reply_ja text not null,
  reply_en text not null,
  by_person uuid not null references person (id),
  at timestamptz not null,
  via text not null check (via in ('portal', 'link', 'call')),
  -- Pressed signed in, an answer that acts is consent; by a mailed link it is recorded and waits for a call.
  consent boolean not null,
  foreign key (company_id, notice_id) references notice (company_id, id)
);
create index notice_answer_of on notice_answer (company_id, notice_id, at);
call bind_to_scope('notice_answer', 'company_id');
grant select, insert on notice_answer to mimamori_app;
grant select on notice_answer to mimamori_detect;

create table task (
  id uuid primary key,
  company_id uuid not null references company (id),
  kind text not null check (kind in ('call', 'recheck', 'contain', 'close-entry', 'act-for-owner', 'name-device')),
  alert_id uuid,
  case_id uuid,
  notice_id uuid,
  due_at timestamptz not null,
  text_ja text not null,
  text_en text not null,
  made_at timestamptz not null,
  done_at timestamptz,
  done_by uuid references person (id),
  outcome text,
  practice boolean not null default false,
  foreign key (company_id, alert_id) references alert (company_id, id),
  foreign key (company_id, case_id) references "case" (company_id, id),
  foreign key (company_id, notice_id) references notice (company_id, id)
);
create index task_open on task (company_id, due_at) where done_at is null;
call bind_to_scope('task', 'company_id');
grant select, insert, update on task to mimamori_app, mimamori_detect;

-- The mailbox of a practice installation: what would have been mailed.
create table practice_mail (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  at timestamptz not null,
  to_address text not null,
  subject text not null,
  text_body text not null,
  html_body text not null
);
call bind_to_scope('practice_mail', 'organisation_id');
grant select, insert on practice_mail to mimamori_app, mimamori_detect;

-- Tables that hold no company's data are readable for the backup, too.
grant select on all sequences in schema public to mimamori_backup;
