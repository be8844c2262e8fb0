-- Which process runs an app's retries: renewed every second by this database's clock.
create table app.retry_leases (
    app_id     uuid primary key,
    holder     uuid        not null,
    renewed_at timestamptz not null
);
