-- Functions that run as the owner look for tables in their own schema before anything temporary, which a caller could plant,
-- and nobody calls what the tables themselves call.

alter function sensor_by_token(bytea) set search_path = public, pg_temp;
alter function sensor_by_address(inet, integer) set search_path = public, pg_temp;
alter function number_event_batch() set search_path = public, pg_temp;
alter function make_event_day(date) set search_path = public, pg_temp;
alter function code_taken(text) set search_path = public, pg_temp;
alter function canary_company() set search_path = public, pg_temp;
alter function watched_companies() set search_path = public, pg_temp;
alter function notice_by_number(text) set search_path = public, pg_temp;
alter function notice_by_link(bytea) set search_path = public, pg_temp;
alter function batch_stored(bigint, uuid, uuid, timestamptz, integer) set search_path = public, pg_temp;

revoke execute on function number_event_batch() from public;
revoke execute on procedure bind_to_scope(regclass, text), let_functions_look(regclass) from public;
