-- Of the program that leads; the tables may still be of another.
alter table views.checkpoints add column program_version int;
