-- Every query holds it while it reads, a swap while it exchanges tables: nobody sees some tables from before and some from after.
create table views.gate ();

-- What the form's SQL made, so that other SQL can still find it. Null: made before this was kept.
alter table views.checkpoints add column tables text[];

-- What operators asked of the projections, and what came of it. Whoever leads the projection carries it out.
create table app.rebuilds (
    rebuild_id         uuid primary key,
    projection         text        not null,
    kind               text        not null, -- rebuild, verify, rollback, upgrade, discard
    keep               boolean     not null, -- verified, but not swapped in
    accept_differences boolean     not null, -- swapped in all the same
    requested_by       text        not null,
    requested_at       timestamptz not null,
    state              text        not null, -- waiting, building, verifying, swapping; finished: swapped, verified, differs, discarded, cancelled, failed
    cancelled_by       text,
    worker             text,
    version            int,
    started_at         timestamptz,
    finished_at        timestamptz,
    position           text,                 -- of the build
    head               text,                 -- of the store, when last looked at
    applied            bigint,
    per_second         double precision,
    seconds_left       double precision,     -- null: not known
    report             jsonb,                -- of the verification: rows and digest of each table on both sides, first differing rows
    error              text
);
create unique index rebuilds_open on app.rebuilds (projection) where finished_at is null;
create index rebuilds_latest on app.rebuilds (projection, requested_at desc);
