-- The keys with which this installation signs, and where the badge of an entry stands in the status lists.

create table signing_key (
  -- RFC 7638 thumbprint of the public key.
  kid text primary key check (length(kid) = 43),
  public_jwk jsonb not null,
  -- The private key, closed under the secret of the installation, which is not in the database.
  sealed bytea not null,
  made_at timestamptz not null,
  -- Signs no more; what it signed stays good.
  retired_at timestamptz,
  -- Somebody else may hold it: what it signed is refused.
  distrusted_at timestamptz
);
create unique index signing_key_in_use on signing_key ((true)) where retired_at is null;
grant select, insert on signing_key to mimamori_app;
grant update (retired_at, distrusted_at) on signing_key to mimamori_app;

-- Where the badge of an entry stands in the status lists (W3C Bitstring Status List): drawn by lot within one list, so that
-- the place tells neither number nor date. Handed out once and never changed: signed credentials carry it.
create table badge_status (
  entry_number text primary key,
  list integer not null check (list > 0),
  -- 131,072 places a list, the least that the standard allows.
  place integer not null check (place between 0 and 131071),
  unique (list, place)
);
grant select, insert on badge_status to mimamori_app;
