-- Open invitations: what the event store must not hold of them. A row goes when its invitation was accepted or revoked.
create table app.invitations (
    invitation_id    uuid        primary key,
    organization_id  uuid        not null,
    email            text        not null,
    normalized_email text        not null,
    digest           bytea       not null unique, -- SHA-256 of the token in the last letter
    sent_at          timestamptz not null,
    expires_at       timestamptz not null,
    unique (organization_id, normalized_email)
);

-- Access tokens became scoped, and say who issued them and when they were last used. Those there were read everything.
alter table app.access_tokens
    add column scopes       text[]      not null default '{read}',
    add column created_by   uuid,        -- a person; null: the operator, or another token
    add column last_used_at timestamptz; -- to the minute
alter table app.access_tokens alter column scopes drop default;
create index access_tokens_organization on app.access_tokens (organization_id);
