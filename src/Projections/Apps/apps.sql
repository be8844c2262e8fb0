create table apps (
    app_id          uuid        primary key,
    organization_id uuid        not null,
    name            text        not null,
    environment     text        not null,
    registered_at   timestamptz not null
);
create index apps_organization on apps (organization_id);

create table api_keys (
    key_id     uuid        primary key,
    app_id     uuid        not null,
    prefix     text        not null,
    last_four  text        not null,
    issued_at  timestamptz not null,
    revoked_at timestamptz
);
create index api_keys_app on api_keys (app_id);
