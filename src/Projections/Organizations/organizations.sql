create table organizations (
    organization_id uuid        primary key,
    name            text        not null,
    slug            text        not null,
    plan            text        not null,
    created_at      timestamptz not null,
    disabled_at     timestamptz,          -- null: enabled
    disabled_reason text
);

create table members (
    organization_id uuid        not null,
    person_id       uuid        not null,
    role            text        not null,
    joined_at       timestamptz not null,
    primary key (organization_id, person_id)
);
create index members_person on members (person_id);

-- Open ones. The address is kept in app.invitations.
create table invitations (
    organization_id uuid        not null,
    invitation_id   uuid        not null,
    role            text        not null,
    invited_at      timestamptz not null,
    primary key (organization_id, invitation_id)
);
