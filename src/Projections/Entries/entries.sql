-- Read models of the projection "entries": event rows, rollups, the ledger and usage, moved together in one transaction.
-- Unqualified names: the engine creates them in the schema it is building (views, or a side-by-side rebuild).

-- One row per (app, event): the commutative fold of all its transitions. received_on is the day (UTC) of its last receipt, so that all of a
-- day's partition may go with the day: a row that was heard of later is not in it.
create table event_entries (
    app_id            uuid        not null,
    event_id          text        not null,
    received_on       date        not null,
    event_name        text        not null,
    event_type        text,
    event_version     int,
    status            smallint    not null, -- 0 emitted, 1 published, 2 dead_lettered
    attempts          int,
    idempotency_key   text,
    aggregate_type    text,
    aggregate_id      text,
    aggregate_version bigint,
    latency_us        bigint,
    latency_approximate boolean   not null,
    at                timestamptz not null, -- the event's own time: occurred_at, else its earliest transition
    occurred_at       timestamptz,
    published_at      timestamptz,
    dead_lettered_at  timestamptz,
    reported_at       timestamptz not null, -- first receipt
    error_class       text,
    error_message     text,
    error_message_length int,
    reporter_version  text,
    marks             smallint    not null, -- bits: EntryMarks
    transitions       bytea       not null, -- TransitionList
    last_reported_at  timestamptz not null, -- last receipt of something new
    first_received_on date,                 -- null: it was received on one day only
    days              bytea,                -- DayList: what came on each day, where it was more than one
    fingerprint       bigint,               -- ErrorFingerprint of what it died of latest; null: it never did
    first_died_at     timestamptz           -- of that
) partition by range (received_on);

create unique index event_entries_key on event_entries (app_id, event_id, received_on);
create index event_entries_spread on event_entries (app_id, first_received_on) where days is not null; -- what a deleted day has to be taken from

-- Rows of events that ever died, added up by what they died of: groups of dead letters, their counts and trends. What a corrected or later
-- death moves is moved here as well, so that this is the sum of the rows at any time.
create table death_hours (
    app_id        uuid        not null,
    fingerprint   bigint      not null,
    event_name    text        not null,
    event_version int         not null, -- -1: none
    hour          timestamptz not null, -- of the latest death
    received_on   date        not null, -- of the row
    dead          bigint      not null, -- dead-lettered now
    ever          bigint      not null,
    primary key (app_id, fingerprint, event_name, event_version, hour, received_on)
);
create index death_hours_day on death_hours (app_id, received_on);
create index death_hours_recent on death_hours (app_id, hour);

-- What happened in a minute, by the entries' own time; booked on the day of receipt, so that a closed day never changes.
-- The rows with an empty event_name are the whole app's: a chart of everything reads one row a minute, through an index of its own.
create table rollup_minutes (
    app_id         uuid        not null,
    minute         timestamptz not null,
    event_name     text        not null,
    received_on    date        not null,
    events         bigint      not null, -- distinct events whose own time is in this minute
    emitted        bigint      not null, -- stored transitions
    published      bigint      not null,
    dead_lettered  bigint      not null,
    latency_count  bigint      not null,
    latency_sum_us bigint      not null,
    sketch         bytea,                -- LatencySketch of publish latencies
    primary key (app_id, minute, event_name, received_on)
);
-- For forgetting a day, by block: a tree on it would look as good as the key to a planner that has not analyzed the table yet.
create index rollup_minutes_day on rollup_minutes using brin (received_on);
create index rollup_minutes_whole on rollup_minutes (app_id, minute) where event_name = '';

create table rollup_hours (
    app_id         uuid        not null,
    hour           timestamptz not null,
    event_name     text        not null,
    received_on    date        not null,
    events         bigint      not null,
    emitted        bigint      not null,
    published      bigint      not null,
    dead_lettered  bigint      not null,
    latency_count  bigint      not null,
    latency_sum_us bigint      not null,
    sketch         bytea,
    primary key (app_id, hour, event_name, received_on)
);
create index rollup_hours_day on rollup_hours using brin (received_on);
create index rollup_hours_whole on rollup_hours (app_id, hour) where event_name = '';

-- Of all time, by current status.
create table app_totals (
    app_id         uuid   primary key,
    events         bigint not null,
    pending        bigint not null,
    published      bigint not null,
    dead_lettered  bigint not null,
    latency_count  bigint not null,
    latency_sum_us bigint not null
);

-- received comes from BatchReceived and EntriesRefused; the rest from what was done with each entry. Their difference must be 0.
create table ledger_hours (
    app_id    uuid        not null,
    hour      timestamptz not null, -- of receipt
    received  bigint      not null,
    stored    bigint      not null,
    duplicate bigint      not null,
    rejected  bigint      not null,
    refused   bigint      not null,
    primary key (app_id, hour)
);

create table rejected_entries (
    app_id          uuid        not null,
    received_at     timestamptz not null,
    commit_position bigint      not null,
    prepare_position bigint     not null,
    index           int         not null, -- in its batch
    reason          text        not null,
    event_id        text,
    event_name      text,
    received_on     date        not null,
    primary key (app_id, received_at, commit_position, prepare_position, index, received_on)
) partition by range (received_on);

-- Distinct events by the day (UTC) of their first receipt: what the plans count, in the months of these days. It outlives the rows that
-- it counts; of an app that was erased, the first day of each month stands for all of it.
create table daily_usage (
    app_id uuid   not null,
    day    date   not null,
    events bigint not null,
    primary key (app_id, day)
);

-- What still comes of them is passed over.
create table deleted_apps (
    app_id uuid primary key
);

-- By how much each day of receipt moved the totals: up to a day they add up to what was known when it ended.
create table daily_totals (
    app_id         uuid   not null,
    day            date   not null,
    events         bigint not null,
    pending        bigint not null,
    published      bigint not null,
    dead_lettered  bigint not null,
    latency_count  bigint not null,
    latency_sum_us bigint not null,
    primary key (app_id, day)
);

-- Days (UTC) on which anything was received, and what became of their books. A deleted day's numbers stand for good; its entries are gone.
create table received_days (
    app_id     uuid        not null,
    day        date        not null,
    late       bigint      not null, -- entries that belong to a day before yesterday, by their own time
    closed_at  timestamptz,
    revision   bigint,               -- of the last event that was counted when it was closed
    deleted_at timestamptz,
    primary key (app_id, day)
);
