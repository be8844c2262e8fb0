-- Who leads a projection: "machine pid instance", renewed every second by this database's clock. Null: nobody, whoever comes may lead.
alter table views.checkpoints add column leader text, add column renewed_at timestamptz;
