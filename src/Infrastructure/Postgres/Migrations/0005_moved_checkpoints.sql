-- A copy between stores moves the position: it belongs to the store named here. Null: to the one that the tables were built from.
alter table views.checkpoints add column store text;
