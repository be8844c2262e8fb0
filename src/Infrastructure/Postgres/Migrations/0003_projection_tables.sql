-- The form of a projection's tables, as a digest of their SQL: when it changes, the projection is rebuilt.
alter table views.checkpoints add column tables_digest text not null default '';
