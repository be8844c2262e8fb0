create table organizations (
    organization_id uuid        primary key,
    name            text        not null,
    slug            text        not null,
    plan            text        not null,
    created_at      timestamptz not null
);

create table members (
    organization_id uuid        not null,
    person_id       uuid        not null,
    role            text        not null,
    joined_at       timestamptz not null,
    primary key (organization_id, person_id)
);
create index members_person on members (person_id);
