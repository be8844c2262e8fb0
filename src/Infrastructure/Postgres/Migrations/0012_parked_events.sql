-- Events that a projection passes over because an operator has said so. Kept after they were unparked: they tell who decided what, and when.
create table app.parked_events (
    parked_id        uuid primary key,
    projection       text        not null,
    commit_position  bigint      not null,
    prepare_position bigint      not null,
    stream           text        not null,
    revision         bigint      not null,
    event_type       text        not null,
    event_id         uuid        not null,
    error            text        not null, -- why it could not be applied
    reason           text        not null, -- why it was parked
    parked_by        text        not null,
    parked_at        timestamptz not null,
    unparked_by      text,
    unparked_at      timestamptz           -- null: still parked
);
create unique index parked_events_open on app.parked_events (projection, event_id) where unparked_at is null;

-- The events that are to be applied again by this build.
alter table app.rebuilds add column unparks uuid[] not null default '{}';
-- Where a build failed at an event: its position, stream, revision, type and id.
alter table app.rebuilds add column error_event jsonb;

-- What these tables have passed over stands beside their position, and moves with them; so does the event at which a projection stopped.
do $$
declare
    place text;
begin
    for place in select n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where c.relname = 'checkpoints' and c.relkind = 'r' and (n.nspname = 'views' or n.nspname ~ '^(build|scratch|previous|rollback)_')
    loop
        execute format('alter table %I.checkpoints add column skipped uuid[] not null default ''{}'', add column error_event jsonb', place);
    end loop;
end $$;
