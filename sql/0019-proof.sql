-- Proof packs: what a company shows somebody, frozen, signed, with an end; and promoters with what they offer.

create table proof (
  id uuid primary key,
  company_id uuid not null references company (id),
  kind text not null check (kind in ('subsidy', 'insurer', 'buyer')),
  recipient text not null check (length(recipient) between 1 and 80),
  -- The facts as JSON, exactly the bytes that were hashed and signed.
  snapshot text not null,
  sha256 bytea not null,
  token text not null,
  hash bytea not null unique,
  created_at timestamptz not null,
  created_by uuid references person (id),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  unique (company_id, id)
);
create index proof_by_company on proof (company_id, created_at desc);
call bind_to_scope('proof', 'company_id');
grant select, insert on proof to mimamori_app;
grant update (revoked_at) on proof to mimamori_app;
call let_functions_look('proof');

-- Somebody opened the link; what was shown does not change with it.
create table proof_opening (
  id uuid primary key,
  company_id uuid not null,
  proof_id uuid not null,
  at timestamptz not null,
  foreign key (company_id, proof_id) references proof (company_id, id)
);
create index proof_opening_by_proof on proof_opening (company_id, proof_id, at desc);
call bind_to_scope('proof_opening', 'company_id');
grant select, insert on proof_opening to mimamori_app;

create function proof_by_link(link_hash bytea) returns table (company_id uuid, proof_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select p.company_id, p.id from proof p where p.hash = link_hash $$;
revoke execute on function proof_by_link(bytea) from public;
grant execute on function proof_by_link(bytea) to mimamori_app;

-- Promoters (普及賛同企業) as the provider lists them, for the companies of this installation; no company's data.
create table promoter (
  id uuid primary key,
  name text not null check (length(name) between 1 and 120),
  kind text not null check (kind in ('insurer', 'chamber', 'bank', 'it-vendor', 'adviser', 'other')),
  -- The promoter's own declaration, which the scheme asks of it.
  own_declaration text not null,
  since date not null,
  url text,
  created_at timestamptz not null,
  ended_at timestamptz
);
grant select, insert, update on promoter to mimamori_app;
grant select on promoter to mimamori_backup;

create table offer (
  id uuid primary key,
  promoter_id uuid not null references promoter (id),
  title text not null check (length(title) between 1 and 80),
  body text not null check (length(body) between 1 and 600),
  -- Whom it is for: declared at least so; empty = everywhere.
  level text not null check (level in ('SA1', 'SA2')),
  prefectures text[] not null default '{}',
  industries text[] not null default '{}',
  starts_on date not null,
  ends_on date,
  contact text not null,
  created_at timestamptz not null,
  ended_at timestamptz
);
create index offer_by_promoter on offer (promoter_id);
grant select, insert, update on offer to mimamori_app;
grant select on offer to mimamori_backup;
