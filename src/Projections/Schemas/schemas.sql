create table schema_fingerprints (
    app_id        uuid        not null,
    event_name    text        not null,
    fingerprint   text        not null,
    first_seen_at timestamptz not null,
    primary key (app_id, event_name, fingerprint)
);
create index schema_fingerprints_name on schema_fingerprints (event_name);

-- Every definition that was reported; of each version the one that was reported last stands.
create table schema_definitions (
    app_id               uuid        not null,
    event_name           text        not null,
    event_version        int         not null,
    reported_at          timestamptz not null,
    digest               text        not null, -- of all its content
    fingerprint          text        not null, -- as we compute it
    reported_fingerprint text,
    source               text        not null, -- Heartbeat or Upload
    definition           text        not null, -- JSON, as in the fact
    primary key (app_id, event_name, event_version, reported_at, digest)
);

-- Every change of a mode; the latest holds.
create table schema_modes (
    app_id     uuid        not null,
    event_name text        not null, -- empty: of the app
    changed_at timestamptz not null,
    mode       text,                 -- null: none of its own any more
    primary key (app_id, event_name, changed_at)
);

-- Which versions came, by day (UTC) of receipt: a deleted day takes its rows along, so that they are what the other days alone give.
create table emitted_versions (
    app_id        uuid        not null,
    event_name    text        not null,
    event_version int,                  -- null: the reporter says none
    received_on   date        not null,
    first_at      timestamptz not null, -- the events' own times
    last_at       timestamptz not null,
    unique nulls not distinct (app_id, event_name, event_version, received_on)
);
create index emitted_versions_day on emitted_versions (app_id, received_on);
