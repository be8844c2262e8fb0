-- Who builds a projection beside the live tables, whoever leads it: as in views.checkpoints, "machine pid instance", renewed every second.
create table app.builds (
    projection text primary key,
    epoch      bigint not null,
    leader     text,
    renewed_at timestamptz
);
