alter table app.people
    alter column normalized_email drop not null, -- null: another person holds the address, or nobody has shown yet to own it
    add column email_verified_at timestamptz;

-- Those known so far were made known by an operator.
update app.people set email_verified_at = created_at;

create table app.person_logins (
    provider     text not null,
    provider_key text not null, -- the person's id there
    person_id    uuid not null references app.people on delete cascade,
    display_name text,
    created_at   timestamptz not null default now(),
    primary key (provider, provider_key)
);
create index people_by_address on app.people (upper(email));

create index person_logins_person on app.person_logins (person_id);

create table app.sessions (
    session_id      uuid primary key,
    digest          bytea       not null unique, -- SHA-256 of what the cookie carries
    person_id       uuid        not null references app.people on delete cascade,
    organization_id uuid,                        -- the one that the person looks at
    kind            text        not null,        -- browser, token
    user_agent      text,
    created_at      timestamptz not null,
    last_seen_at    timestamptz not null,
    expires_at      timestamptz not null
);
create index sessions_person on app.sessions (person_id);
create index sessions_expiry on app.sessions (expires_at);

-- What signs the tokens of /api/v1/auth/token.
create table app.signing_keys (
    key_id     text primary key,
    ciphertext bytea       not null, -- the private key (PKCS #8), by ASP.NET Data Protection
    created_at timestamptz not null
);
