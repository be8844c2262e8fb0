-- A deleted app is hidden from every query, and still counted by what it used of the plan.
create table apps (
    app_id          uuid        primary key,
    organization_id uuid        not null,
    name            text        not null,
    environment     text        not null,
    registered_at   timestamptz not null,
    callback_url    text,
    deleted_at      timestamptz,
    erased_at       timestamptz, -- what it reported is gone from the store
    in_flight_minutes int       not null default 5 -- after which an event that was neither published nor dead-lettered is overdue
);
create index apps_organization on apps (organization_id);
create index apps_to_erase on apps (deleted_at) where deleted_at is not null and erased_at is null;

create table api_keys (
    key_id     uuid        primary key,
    app_id     uuid        not null,
    prefix     text        not null,
    last_four  text        not null,
    issued_at  timestamptz not null,
    revoked_at timestamptz
);
create index api_keys_app on api_keys (app_id);
