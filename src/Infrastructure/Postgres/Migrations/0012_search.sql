-- For parts of errors (docs/adr/0010). Both come with Postgres, and whoever owns the database may have them; a server that was installed
-- without them finds the same, more slowly.
do $$
begin
    create extension if not exists pg_trgm;
    create extension if not exists btree_gin;
exception when undefined_file or feature_not_supported or insufficient_privilege then
    raise notice 'pg_trgm or btree_gin is missing: searching the text of errors has no index';
end $$;
