-- One row per retry. The counts are of its items, by their state.
create table retries (
    retry_id       uuid        primary key,
    app_id         uuid        not null,
    name           text        not null,
    selection      text        not null, -- events, group, filter
    described      text,                 -- the selection in words
    person_id      uuid,
    token_id       uuid,
    requested_at   timestamptz not null,
    state          text        not null, -- requested, running, paused, offline, stopping, finished
    reason         text,                 -- why it is paused or offline
    stopped        text,                 -- cancelled, unreachable; null: it is not, or came to its end
    started_at     timestamptz,
    changed_at     timestamptz not null, -- when it last did something
    finished_at    timestamptz,
    items          int         not null,
    requested      int         not null, -- not sent yet
    sending        int         not null,
    accepted       int         not null, -- the app agreed; its report is waited for
    refused        int         not null,
    unconfirmed    int         not null, -- nobody knows whether it arrived
    unreachable    int         not null, -- given up, never sent
    cancelled      int         not null, -- never sent
    published      int         not null, -- reported since
    dead_lettered  int         not null  -- reported since
);
create index retries_latest on retries (app_id, requested_at desc, retry_id desc);
create index retries_to_do on retries (requested_at) where state <> 'finished';

create table retry_items (
    retry_id     uuid        not null,
    number       int         not null,
    app_id       uuid        not null,
    event_id     text        not null,
    event_name   text        not null,
    state        text        not null, -- as the counts are called
    status_code  int,                  -- of the app's answer
    reason       text,
    sent_at      timestamptz,
    answered_at  timestamptz,
    confirmed_at timestamptz,          -- when we learned of the report
    primary key (retry_id, number)
);
create index retry_items_event on retry_items (app_id, event_id);
