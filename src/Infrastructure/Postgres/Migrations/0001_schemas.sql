create schema store; -- the embedded engine's events
create schema views; -- read models: disposable, rebuilt from the store
create schema app;   -- what is neither: people, credentials, ciphertext, sessions, queues

-- Where each projection stands. Written in the same transaction as the projection's rows.
create table views.checkpoints (
    projection       text primary key,
    version          int         not null, -- of the projection's code; a change asks for a rebuild
    commit_position  bigint      not null, -- -1: nothing applied yet
    prepare_position bigint      not null,
    event_at         timestamptz,          -- own time (at) of the last applied event
    applied          bigint      not null, -- events applied since the build began
    updated_at       timestamptz not null,
    epoch            bigint      not null, -- of the leader's lease
    state            text        not null, -- running, stopped
    error            text,
    error_position   text
);

create table app.people (
    person_id        uuid primary key,
    email            text        not null,
    normalized_email text        not null unique,
    name             text,
    password_hash    text,
    security_stamp   text        not null,
    created_at       timestamptz not null
);

create table app.api_keys (
    key_id     uuid  primary key,
    app_id     uuid  not null,
    digest     bytea not null unique, -- SHA-256 of the key
    ciphertext bytea not null,        -- ASP.NET Data Protection; only for the payload fetch
    revoked_at timestamptz
);

create table app.access_tokens (
    token_id        uuid primary key,
    organization_id uuid        not null,
    name            text        not null,
    digest          bytea       not null unique,
    created_at      timestamptz not null,
    expires_at      timestamptz,
    revoked_at      timestamptz
);
