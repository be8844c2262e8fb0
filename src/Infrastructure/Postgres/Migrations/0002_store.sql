-- The embedded event store engine. Written by its appender only: never insert, update or delete here by hand.

-- One row. Its lock, held from the first statement of an append's transaction until commit, puts all processes in one order.
create table store.head (
    only_row boolean primary key default true check (only_row),
    position bigint not null, -- of the last event; -1: none yet
    changes  bigint not null  -- grows with every deletion and change of limits: what processes remember of streams ends there
) with (fillfactor = 10);     -- updated in place, without a new index entry
insert into store.head (position, changes) values (-1, 0);

create table store.streams (
    stream_id       bigint generated always as identity primary key,
    name            text collate "C" not null unique,
    category        text collate "C" not null generated always as (split_part(name, '-', 1)) stored,
    max_age         interval,
    max_count       bigint,
    truncate_before bigint  not null default 0, -- revisions below it were deleted
    tombstoned      boolean not null default false
);

-- A row is a run of consecutive events of one append, small enough to stay in its page wherever its events are.
-- Unpacked by the view store.events. No foreign key: its check would cost every append.
create table store.chunks (
    first_position bigint      primary key,
    stream_id      bigint      not null,
    first_revision bigint      not null,
    event_count    int         not null,
    appended_at    timestamptz not null, -- for max_age only; events carry their own time
    events         bytea       not null,
    unique (stream_id, first_revision)
) with (toast_tuple_target = 8160);
alter table store.chunks alter column events set storage external;

-- The format is described in Infrastructure/EventStore/Embedded/ChunkFormat.cs.
create function store.unpack(events bytea) returns table (ordinal int, id uuid, type text, data bytea, metadata bytea)
language plpgsql immutable strict parallel safe as $$
declare
    at    int := 1;
    flags int;
    size  int;
begin
    if get_byte(events, 0) <> 1 then
        raise exception 'unknown chunk format %', get_byte(events, 0);
    end if;

    ordinal := 0;
    while at < octet_length(events) loop
        flags := get_byte(events, at);
        id := encode(substring(events from at + 2 for 16), 'hex')::uuid;
        at := at + 17;
        if flags & 1 = 0 then
            size := get_byte(events, at) << 8 | get_byte(events, at + 1);
            type := convert_from(substring(events from at + 3 for size), 'UTF8');
            at := at + 2 + size;
        end if;
        size := get_byte(events, at) << 24 | get_byte(events, at + 1) << 16 | get_byte(events, at + 2) << 8 | get_byte(events, at + 3);
        data := substring(events from at + 5 for size);
        at := at + 4 + size;
        if flags & 2 = 0 then
            size := get_byte(events, at) << 24 | get_byte(events, at + 1) << 16 | get_byte(events, at + 2) << 8 | get_byte(events, at + 3);
            metadata := substring(events from at + 5 for size);
            at := at + 4 + size;
        end if;
        return next;
        ordinal := ordinal + 1;
    end loop;
end
$$;

-- For people: select * from store.events where stream = '…' and position > …
create view store.events as
select c.first_position + e.ordinal as position,
       s.name as stream,
       c.first_revision + e.ordinal as revision,
       e.id,
       e.type,
       convert_from(e.data, 'UTF8')::jsonb as data,
       case when octet_length(e.metadata) > 0 then convert_from(e.metadata, 'UTF8')::jsonb end as metadata,
       c.appended_at
from store.chunks c
join store.streams s using (stream_id)
cross join lateral store.unpack(c.events) e
where c.first_revision >= s.truncate_before;
