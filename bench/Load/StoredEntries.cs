using EventEngine.Domain.Entries;
using EventEngine.Infrastructure.Postgres;
using Npgsql;

namespace EventEngine.Bench.Load;

/// <summary>
/// Rows of many events of many apps, written by SQL into the tables that the projection makes: what queries cost depends on them alone, and
/// five million would take a quarter of an hour through the front door. The largest of the apps has a fifth of all. The last seven days,
/// evenly, forty names an app, 2 % dead by few causes, ½ % in flight, one in twenty tried more than once.
/// </summary>
public sealed class StoredEntries(NpgsqlDataSource db) : IAsyncDisposable
{
    public const int Apps = 20, Days = 7;

    // Of each app a part of the square of chance: the first of twenty gets a fifth. Names and causes likewise.
    private const string Fill = """
        insert into views.PARTITION (app_id, event_id, received_on, event_name, event_type, event_version, status, attempts, idempotency_key, aggregate_type,
            aggregate_id, aggregate_version, latency_us, latency_approximate, at, occurred_at, published_at, dead_lettered_at, reported_at, last_reported_at,
            error_class, error_message, reporter_version, marks, transitions, fingerprint, first_died_at)
        select app, (@first + i)::text, @day, 'event.' || lpad(name::text, 2, '0'), 'domain', 1 + (name + version_luck) % 3, status,
               case when luck < 0.02 then 5 when luck > 0.96 then 2 + (i % 3)::int else 1 end, gen_random_uuid()::text,
               (array['Order', 'Payment', 'Customer', 'Invoice', 'Shipment', 'Product'])[1 + name % 6], (1 + floor(thing * 20000))::int::text, 1,
               case when status = 1 then floor(exp(9.2 + 2.2 * slow)) end, false, at, at,
               case when status = 1 then at + interval '1 second' end, case when status = 2 then at + interval '9 seconds' end, at, at,
               case when luck < 0.02 then (array['Timeout::Error', 'Kafka::DeliveryFailed', 'PG::ConnectionBad', 'Net::ReadTimeout', 'JSON::ParserError',
                   'ActiveRecord::RecordNotFound', 'OpenSSL::SSL::SSLError', 'Errno::ECONNREFUSED'])[1 + floor(8 * thing * thing)::int] end,
               case when luck < 0.02 then format('%s while publishing order %s to shard-%s after %s ms', (array['execution expired', 'broker not available',
                   'connection refused', 'unexpected token'])[1 + i % 4], floor(thing * 1000000), i % 7, floor(1000 * slow)) end, '0.1.0', 0, @transitions,
               case when luck < 0.02 then hashtextextended(floor(8 * thing * thing)::text || (i % 4)::text, 0) end, -- any number will do, one for each cause
               case when luck < 0.02 then at + interval '9 seconds' end
        from (select *, case when luck < 0.02 then 2 when luck > 0.995 then 0 else 1 end as status
              from (select i, @apps[1 + floor(@app_count * power(random(), 2))::int] as app, floor(40 * power(random(), 2))::int as name, random() as luck,
                           case when random() < 0.002 then 1 else 0 end as version_luck, random() as thing, random() + random() - 1 as slow,
                           @start + i * (@span / @count) as at
                    from generate_series(1, @count) i) drawn) rows
        """;

    public static async Task<StoredEntries> ConnectAsync(string dataDirectory)
    {
        var server = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresSettings(Path.Combine(dataDirectory, "postgres")));
        var settings = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = "eventengine", CommandTimeout = 3600 };
        return new StoredEntries(NpgsqlDataSource.Create(settings)) { Server = server };
    }

    private EmbeddedPostgres? Server { get; init; }

    /// <summary>Unless the server's folder has them since an earlier time.</summary>
    /// <returns>Ids of the apps, the largest first.</returns>
    public static async Task<Guid[]> FillAsync(ServerProcess server, long entries)
    {
        await server.KnowAppAsync();
        await server.CaughtUpAsync(TimeSpan.FromMinutes(2)); // tables of an earlier version are made anew
        await using var stored = await ConnectAsync(server.Data);
        return await stored.FillAsync(Guid.Parse(server.AppId), entries);
    }

    /// <summary>Ids of the apps, the largest first; the bootstrap's own app is that one.</summary>
    public async Task<Guid[]> FillAsync(Guid first, long entries)
    {
        Guid[] apps = [first, .. Enumerable.Range(1, Apps - 1).Select(i => new Guid(i, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]))];
        if (await ScalarAsync("select count(*) from (select 1 from views.event_entries limit 1000) known") == 1000) return apps;
        await ExecuteAsync(
            "insert into views.apps (app_id, organization_id, name, environment, registered_at) select unnest(@apps), organization_id, 'stored', 'production', now() from views.apps", ("apps", apps[1..]));
        var now = DateTime.UtcNow;
        for (var (day, written) = (now.AddDays(-Days).Date, 0L); day < now; day = day.AddDays(1))
            written += await FillDayAsync(apps, day, Later(day, now.AddDays(-Days)), now < day.AddDays(1) ? now : day.AddDays(1), written, entries);
        foreach (var sums in (string[])[Minutes, Hours, Deaths]) await ExecuteAsync(sums);
        await new StoredSchemas(db).FillAsync(apps);
        await ExecuteAsync("vacuum analyze");
        await ChangeLatestAsync(now);
        return apps;
    }

    // As autovacuum finds a busy day when it comes: a fifth of its rows were written since, and have to be fetched to see whether they are visible.
    private async Task ChangeLatestAsync(DateTime now)
    {
        foreach (var day in (DateTime[])[now.AddDays(-1), now]) await ExecuteAsync($"alter table views.{NameOf(day)} set (autovacuum_enabled = false)");
        await ExecuteAsync("update views.event_entries set marks = marks where received_on >= @day and at >= @since", ("day", DateOnly.FromDateTime(now).AddDays(-1)), ("since", now.AddHours(-4.8)));
        await ExecuteAsync("analyze");
    }

    /// <summary>Further events that are dead, all of one app, of 200 causes; on a day of receipt of their own, so that they can go as they came.</summary>
    public async Task FillDeadAsync(Guid app, int count)
    {
        await DropDeadAsync();
        await ExecuteAsync($"create table views.{NameOf(DeadDay)} (like views.event_entries including defaults)");
        await ExecuteAsync(Dead.Replace("PARTITION", NameOf(DeadDay)), ("app", app), ("day", DateOnly.FromDateTime(DeadDay)), ("count", count), ("transitions", Transitions));
        await AttachAsync(DeadDay);
        await ExecuteAsync($"{Deaths} having received_on = @day", ("day", DateOnly.FromDateTime(DeadDay)));
        await ExecuteAsync($"vacuum analyze views.{NameOf(DeadDay)}, views.death_hours");
    }

    public async Task DropDeadAsync()
    {
        await ExecuteAsync($"drop table if exists views.{NameOf(DeadDay)}");
        await ExecuteAsync("delete from views.death_hours where received_on = @day", ("day", DateOnly.FromDateTime(DeadDay)));
    }

    private static DateTime DeadDay => new(2099, 12, 31, 0, 0, 0, DateTimeKind.Utc);

    private const string Dead = """
        insert into views.PARTITION (app_id, event_id, received_on, event_name, event_version, status, attempts, latency_approximate, at, dead_lettered_at,
            reported_at, last_reported_at, error_class, error_message, marks, transitions, fingerprint, first_died_at)
        select @app, 'dead-' || i, @day, 'event.' || lpad((i % 40)::text, 2, '0'), 1 + i % 3, 2, 5, false, at, at, at, at, 'Dead::Cause' || i % 200,
               format('cause %s of order %s', i % 200, i), 0, @transitions, hashtextextended('dead ' || i % 200, 0), at
        from (select i, now() - i * interval '200 milliseconds' as at from generate_series(1, @count) i) drawn
        """;

    private const string Deaths = """
        insert into views.death_hours (app_id, fingerprint, event_name, event_version, hour, received_on, dead, ever)
        select app_id, fingerprint, event_name, coalesce(event_version, -1), date_trunc('hour', dead_lettered_at, 'UTC'), received_on, count(*) filter (where status = 2), count(*)
        from views.event_entries where fingerprint is not null group by 1, 2, 3, 4, 5, 6
        """;

    public async ValueTask DisposeAsync()
    {
        await db.DisposeAsync();
        if (Server is not null) await Server.DisposeAsync();
    }

    // Filled before it is attached: indexes are then built at once.
    private async Task<long> FillDayAsync(Guid[] apps, DateTime day, DateTime from, DateTime to, long first, long entries)
    {
        var count = (long)(entries * ((to - from).TotalDays / Days));
        await ExecuteAsync($"create table if not exists views.{NameOf(day)} (like views.event_entries including defaults)");
        await ExecuteAsync(
            Fill.Replace("PARTITION", NameOf(day)), ("apps", apps), ("app_count", apps.Length), ("day", DateOnly.FromDateTime(day)), ("first", first), ("count", count), ("start", from), ("span", to - from), ("transitions", Transitions));
        await AttachAsync(day);
        Console.WriteLine($"  {day:d MMM}: {count:N0} rows");
        return count;
    }

    private async Task AttachAsync(DateTime day)
    {
        if (await ScalarAsync($"select count(*) from pg_inherits where inhrelid = 'views.{NameOf(day)}'::regclass") > 0) return;
        await ExecuteAsync($"alter table views.event_entries attach partition views.{NameOf(day)} for values from ('{day:yyyy-MM-dd}') to ('{day.AddDays(1):yyyy-MM-dd}')");
    }

    private static string NameOf(DateTime day) => $"event_entries_{day:yyyyMMdd}";

    private static DateTime Later(DateTime a, DateTime b) => a > b ? a : b;

    private const string Minutes = """
        insert into views.rollup_minutes (app_id, minute, event_name, received_on, events, emitted, published, dead_lettered, latency_count, latency_sum_us)
        select app_id, date_trunc('minute', at), case when grouping(event_name) = 1 then '' else event_name end, received_on,
               count(*), count(*), count(*) filter (where status = 1), count(*) filter (where status = 2), 0, 0
        from views.event_entries group by app_id, date_trunc('minute', at), received_on, grouping sets ((), (event_name)) on conflict do nothing
        """;

    private const string Hours = """
        insert into views.rollup_hours (app_id, hour, event_name, received_on, events, emitted, published, dead_lettered, latency_count, latency_sum_us)
        select app_id, date_trunc('hour', minute, 'UTC'), event_name, received_on, sum(events), sum(emitted), sum(published), sum(dead_lettered), 0, 0
        from views.rollup_minutes group by 1, 2, 3, 4 on conflict do nothing
        """;

    private static readonly byte[] Transitions = TransitionList.Encode(
    [
        new Transition(EntryStatus.Emitted, DateTimeOffset.UnixEpoch.AddYears(50), null, DateTimeOffset.UnixEpoch.AddYears(50)),
        new Transition(EntryStatus.Published, DateTimeOffset.UnixEpoch.AddYears(50).AddSeconds(1), 1, DateTimeOffset.UnixEpoch.AddYears(50).AddSeconds(1)),
    ]);

    public async Task ExecuteAsync(string sql, params (string Name, object Value)[] parameters)
    {
        await using var command = db.CreateCommand(sql);
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Of each partition, so far.</summary>
    public async Task<Dictionary<string, long>> SequentialScansAsync()
    {
        await Task.Delay(TimeSpan.FromSeconds(2)); // until a backend tells its counts
        var scans = new Dictionary<string, long>();
        await using var command = db.CreateCommand("select relname, seq_scan from pg_stat_user_tables where schemaname = 'views' and relname like 'event_entries_%'");
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync()) scans[row.GetString(0)] = row.GetInt64(1);
        return scans;
    }

    /// <summary>The idempotency key of an event of the app, four days old.</summary>
    public async Task<string> OldKeyAsync(Guid app)
    {
        await using var command = db.CreateCommand("select idempotency_key from views.event_entries where app_id = $1 and at < now() - interval '4 days' order by at desc limit 1");
        command.Parameters.AddWithValue(app);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private async Task<long> ScalarAsync(string sql)
    {
        await using var command = db.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
