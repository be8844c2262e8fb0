-- By the first 16 of a key's 40 characters a mistyped one is traced to the key that was meant. 120 bits of the key stay unknown to whoever
-- finds what this digest is of. Null: a key that an operator chose, which may begin like another's.
alter table app.api_keys add column beginning_digest bytea;
create index api_keys_beginning on app.api_keys (beginning_digest) where beginning_digest is not null;

-- Requests that were turned away whole, the last few kinds of each app. Nothing of what was sent is in them.
create table app.refused_requests (
    app_id   uuid        not null,
    reason   text        not null, -- code, as in the answer
    message  text        not null, -- for the app's own people
    first_at timestamptz not null,
    last_at  timestamptz not null,
    count    bigint      not null,
    primary key (app_id, reason, message)
);
