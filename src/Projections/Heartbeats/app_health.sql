-- One row per app that ever reported anything.
create table app_health (
    app_id            uuid        primary key,
    last_seen_at      timestamptz,          -- last batch of entries
    usual_gap_ms      bigint,               -- exponentially weighted mean of the time between batches
    last_heartbeat_at timestamptz,
    heartbeats        bigint      not null,
    reported_name     text,
    reported_environment text,
    gem_version       text,                 -- from the last heartbeat
    reporter_version  text,                 -- from the requests' header
    ruby_version      text,
    rails_version     text,
    uptime_seconds    bigint
);
