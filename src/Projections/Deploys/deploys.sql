create table deploys (
    app_id   uuid        not null,
    at       timestamptz not null, -- when it happened
    version  text        not null,
    revision text,
    url      text,
    primary key (app_id, at, version)
);
