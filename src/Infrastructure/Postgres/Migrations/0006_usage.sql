-- When a key last let a request in: within the last minute, not to the second.
alter table app.api_keys add column last_used_at timestamptz;
