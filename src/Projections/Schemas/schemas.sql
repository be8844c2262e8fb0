create table schema_fingerprints (
    app_id        uuid        not null,
    event_name    text        not null,
    fingerprint   text        not null,
    first_seen_at timestamptz not null,
    primary key (app_id, event_name, fingerprint)
);
create index schema_fingerprints_name on schema_fingerprints (event_name);
