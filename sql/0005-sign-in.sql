-- Sign-in: who has an address here, which sessions are open, which numbers were sent. Tables of the sign-in library, as its
-- own tool writes them (a test compares); they know no company, so they have a schema and a role of their own.
-- What a person may see stands in `person`, under the same id.

create schema sign_in;
revoke all on schema sign_in from public;

create table sign_in."user" (
  "id" uuid default pg_catalog.gen_random_uuid() not null primary key,
  "name" text not null,
  "email" text not null unique,
  "emailVerified" boolean not null,
  "image" text,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz default current_timestamp not null
);

create table sign_in."session" (
  "id" uuid default pg_catalog.gen_random_uuid() not null primary key,
  "expiresAt" timestamptz not null,
  "token" text not null unique,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" uuid not null references sign_in."user" ("id") on delete cascade
);
create index "session_userId_idx" on sign_in."session" ("userId");

-- Unused while people sign in by a number alone; the library asks for it.
create table sign_in."account" (
  "id" uuid default pg_catalog.gen_random_uuid() not null primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" uuid not null references sign_in."user" ("id") on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz not null
);
create index "account_userId_idx" on sign_in."account" ("userId");

create table sign_in."verification" (
  "id" uuid default pg_catalog.gen_random_uuid() not null primary key,
  "identifier" text not null,
  "value" text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz default current_timestamp not null
);
create index "verification_identifier_idx" on sign_in."verification" ("identifier");

-- One-time links (practice, first administrator): only the hash is kept; used once, within its time.
create table sign_in.entry_link (
  hash bytea primary key,
  person_id uuid not null references sign_in."user" ("id") on delete cascade,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

grant usage on schema sign_in to mimamori_signin, mimamori_backup;
grant select, insert, update, delete on all tables in schema sign_in to mimamori_signin;
grant select on all tables in schema sign_in to mimamori_backup;
