-- What was decided last of each group of dead letters.
create table decided_groups (
    app_id      uuid        not null,
    fingerprint bigint      not null, -- ErrorFingerprint
    decision    smallint    not null, -- 0 resolved, 1 ignored, 2 reopened
    at          timestamptz not null,
    person_id   uuid,                 -- null: a token or the operator
    until       timestamptz,
    more        int,
    primary key (app_id, fingerprint)
);
