-- What forms ask of a company beyond its name; typed once, used for the policy, the declaration and the register.
create table company_detail (
  company_id uuid primary key references company (id),
  name_kana text,
  postal_code text check (postal_code ~ '^[0-9]{7}$'),
  -- Without the prefecture, which stands in company.prefecture.
  address text,
  phone text,
  url text,
  -- Major class of the Japan Standard Industrial Classification, A to T.
  industry text check (industry ~ '^[A-T]$'),
  capital_yen bigint check (capital_yen >= 0),
  representative_title text,
  representative_name text,
  changed_at timestamptz not null,
  changed_by uuid references person (id)
);
call bind_to_scope('company_detail', 'company_id');
grant select, insert, update on company_detail to mimamori_app;

-- Functions that open a link say whose it is by name.
call let_functions_look('organisation');
