-- Indexes that only queries need. Where the tables are made empty they are made at once; a build makes them when it has caught up, one by one,
-- and after a crash those that are missing yet. Each statement begins its line.

-- By any of these the rows are found in order of time. What is asked besides is answered from the index too, without fetching each row from
-- wherever it lies: hence the columns that they carry along. What is longest that ingest takes must fit into a third of a page with them.
create index if not exists event_entries_at on event_entries (app_id, at desc, event_id)
    include (received_on, last_reported_at, reported_at, event_name, event_version, status, attempts, latency_us);
create index if not exists event_entries_name on event_entries (app_id, event_name, at desc, event_id)
    include (received_on, last_reported_at, reported_at, event_version, status, attempts, latency_us);
-- Few rows are open, were tried again or have an error: these indexes cost little.
create index if not exists event_entries_open on event_entries (app_id, status, at desc, event_id)
    include (received_on, last_reported_at, reported_at, event_name, event_version, attempts, latency_us) where status <> 1;
create index if not exists event_entries_tried on event_entries (app_id, at desc, event_id)
    include (received_on, last_reported_at, reported_at, event_name, event_version, status, attempts, latency_us) where attempts > 1;
create index if not exists event_entries_class on event_entries (app_id, error_class, at desc, event_id)
    include (received_on, last_reported_at, reported_at, event_name, event_version, status, attempts, latency_us, fingerprint, dead_lettered_at, first_died_at)
    where error_class is not null and length(error_class) <= 200;
create index if not exists event_entries_errors on event_entries (app_id, at desc, event_id) where error_message is not null or error_class is not null;
create index if not exists event_entries_dead on event_entries (app_id, dead_lettered_at desc, event_id desc)
    include (received_on, last_reported_at, event_name, event_version, attempts, fingerprint) where status = 2;
create index if not exists event_entries_group on event_entries (app_id, fingerprint, dead_lettered_at desc, event_id desc)
    include (received_on, last_reported_at, event_name, event_version, status, attempts, first_died_at) where fingerprint is not null;
create index if not exists event_entries_first on event_entries (app_id, fingerprint, first_died_at) include (received_on, last_reported_at) where fingerprint is not null;
-- Not for every event: apps that name no aggregate pay nothing.
create index if not exists event_entries_aggregate on event_entries (app_id, aggregate_id, at desc, event_id) where aggregate_id is not null;
-- Keys are random, and every event may have one: a tree would cost as much as all else together. This one says of every 32 pages (some 640
-- events) whether a key may be in them, and is mostly right. Autovacuum writes it, not the projection.
create index if not exists event_entries_idempotency_key on event_entries
    using brin (idempotency_key text_bloom_ops (n_distinct_per_range = 700, false_positive_rate = 0.0001)) with (pages_per_range = 32, autosummarize = on);
-- Parts of errors. A server without these extensions searches the errors of the app one by one.
do $$
declare
    home text := (select quote_ident(nspname) from pg_extension e join pg_namespace n on n.oid = e.extnamespace where extname = 'pg_trgm');
begin
    if home is not null and exists (select 1 from pg_extension where extname = 'btree_gin') then
        execute format(
            'create index if not exists event_entries_error_text on event_entries using gin (app_id, error_message %1$s.gin_trgm_ops, error_class %1$s.gin_trgm_ops) '
            'where error_message is not null or error_class is not null', home);
    end if;
end $$;
