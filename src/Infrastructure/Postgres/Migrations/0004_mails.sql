-- Letters on their way. A row goes when its letter was sent; of one given up only the fact stays.
create table app.mails (
    mail_id         uuid primary key,
    letter          bytea,                -- address, subject and text, by ASP.NET Data Protection; null once given up
    queued_at       timestamptz not null,
    next_attempt_at timestamptz not null, -- while somebody tries to send it: the end of that lease
    attempts        int         not null default 0,
    error           text,                 -- of the last attempt
    given_up_at     timestamptz
);
create index mails_due on app.mails (next_attempt_at) where given_up_at is null;
