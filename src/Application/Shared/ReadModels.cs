using System.Data;
using Dapper;
using EventEngine.Application.EventStore;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EventEngine.Application.Shared;

/// <summary>
/// The one way for a query into the read models. Tenancy is enforced here: a query names its organization, and an app of another one is
/// not found. So is how far back its plan shows entries. All of an answer is read in one snapshot, and says how fresh that snapshot is.
/// </summary>
public sealed class ReadModels(NpgsqlDataSource dataSource, IStoreHead head, IOptions<EventEngineOptions> options, TimeProvider time)
{
    // One app's rows lie among everybody's. A day that was not analyzed yet looks empty to the planner, and reading it from end to end cheap:
    // whatever statistics say, what has an index is asked by it. Starting parallel workers takes longer than a page may. The gate comes before
    // the snapshot is taken: while it is held no rebuilt tables are swapped in, and so the query sees either all of the old ones or all of the
    // new ones.
    private const string Opening = """
        set local enable_seqscan = off;
        set local max_parallel_workers_per_gather = 0;
        lock table views.gate in access share mode;
        select c.commit_position, c.prepare_position, c.event_at,
               exists (select 1 from views.apps where app_id = @app and organization_id = @organization and deleted_at is null) as owns_app,
               array(select app_id from views.apps where organization_id = @organization and deleted_at is null) as apps,
               (select plan from views.organizations where organization_id = @organization) as plan
        from (values (1)) one left join views.checkpoints c on c.projection = @projection
        """;

    private const string AppsEver = "select app_id from views.apps where organization_id = @organization";

    private const string Outdated = """
        select c.projection || coalesce(', ' || r.applied || ' events so far' || coalesce(', about ' || ceil(r.seconds_left) || ' s left', ''), '')
        from views.checkpoints c left join app.rebuilds r on r.projection = c.projection and r.finished_at is null
        where c.state = 'outdated' or r.kind = 'upgrade' order by c.projection
        """;

    /// <exception cref="NotFoundException">The app does not exist, was deleted, or belongs to another organization.</exception>
    public Task<Answer<T>> ForAppAsync<T>(
        OrganizationId organization, AppId app, string projection, Func<ReadSnapshot, Task<T>> read, CancellationToken ct) =>
        OpenAsync(projection, organization.Value, app.Value, (db, opening) => opening.OwnsApp ? read(db) : throw new NotFoundException("app"), ct);

    /// <summary>For queries over all apps of an organization: every SQL statement is bound to the ids it is given.</summary>
    public Task<Answer<T>> ForAppsOfAsync<T>(
        OrganizationId organization, string projection, Func<ReadSnapshot, Guid[], Task<T>> read, CancellationToken ct) =>
        OpenAsync(projection, organization.Value, null, (db, opening) => read(db, opening.Apps), ct);

    /// <summary>As <see cref="ForAppsOfAsync"/>, deleted apps included: for what they have used of the plan, never for showing what was in them.</summary>
    public Task<Answer<T>> ForAppsEverOfAsync<T>(
        OrganizationId organization, string projection, Func<ReadSnapshot, Guid[], Task<T>> read, CancellationToken ct) =>
        OpenAsync(projection, organization.Value, null, async (db, _) =>
            await read(db, [.. await db.ListAsync<Guid>(AppsEver, new { organization = organization.Value })]), ct);

    /// <summary>For queries whose every SQL statement is itself bound to the organization it is given.</summary>
    public Task<Answer<T>> ForOrganizationAsync<T>(
        OrganizationId organization, string projection, Func<ReadSnapshot, Guid, Task<T>> read, CancellationToken ct) =>
        OpenAsync(projection, organization.Value, null, (db, _) => read(db, organization.Value), ct);

    /// <summary>For what belongs to no tenant: the pipeline's own state, sign-in and provisioning.</summary>
    public Task<Answer<T>> ReadAsync<T>(string projection, Func<ReadSnapshot, Task<T>> read, CancellationToken ct) =>
        OpenAsync(projection, null, null, (db, _) => read(db), ct);

    private async Task<Answer<T>> OpenAsync<T>(
        string projection, Guid? organization, Guid? app, Func<ReadSnapshot, OpeningRow, Task<T>> read, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var db = new ReadSnapshot(connection, ct);
        try
        {
            var opening = await db.SingleAsync<OpeningRow>(Opening, new { projection, organization, app });
            if (organization is not null) db.RetainedSince = RetainedSince(opening.Plan);
            var value = await read(db, opening);
            return new Answer<T>(value, new AsOf(opening.Position, opening.EventAt, (long)head.LagBehind(opening.Position).TotalMilliseconds));
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn)
        {
            await transaction.RollbackAsync(ct);
            if (await ExplainAsync(connection, e, ct) is { } explained) throw explained;
            throw;
        }
    }

    /// <summary>A query of this version meets tables of an older one until others are built; what else it misses is a fault.</summary>
    private static async Task<ReadModelsMissingException?> ExplainAsync(NpgsqlConnection connection, PostgresException e, CancellationToken ct)
    {
        var outdated = (await connection.QueryAsync<string>(new CommandDefinition(Outdated, cancellationToken: ct))).AsList();
        if (outdated.Count > 0) return new ReadModelsMissingException($"This is being rebuilt for a new version: {string.Join("; ", outdated)}. Nothing is lost; please try again in a moment.", e);
        return e.SqlState == PostgresErrorCodes.UndefinedTable ? new ReadModelsMissingException(e) : null;
    }

    private DateTimeOffset RetainedSince(string? plan)
    {
        if (!Enum.TryParse<Plan>(plan, ignoreCase: true, out var known)) return ReadSnapshot.Nothing;
        return options.Value.LimitsOf(known).RetentionDays is { } days ? time.GetUtcNow().AddDays(-days) : ReadSnapshot.Everything;
    }

    private sealed record OpeningRow(long? CommitPosition, long? PreparePosition, DateTimeOffset? EventAt, bool OwnsApp, Guid[] Apps, string? Plan)
    {
        public StorePosition? Position => CommitPosition is >= 0 ? new StorePosition(CommitPosition.Value, PreparePosition!.Value) : null;
    }
}

/// <summary>One consistent view of the read models, for the time of one query.</summary>
public sealed class ReadSnapshot(NpgsqlConnection connection, CancellationToken ct)
{
    internal static readonly DateTimeOffset Everything = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero), Nothing = Everything.AddYears(7000);

    /// <summary>What was received before, the plan shows no longer. Nobody's plan shows nothing.</summary>
    public DateTimeOffset RetainedSince { get; internal set; } = Nothing;

    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql, object? parameters = null) =>
        (await connection.QueryAsync<T>(Command(sql, parameters))).AsList();

    /// <returns>Null when there is none.</returns>
    public Task<T?> FindAsync<T>(string sql, object? parameters = null) where T : class => connection.QuerySingleOrDefaultAsync<T>(Command(sql, parameters));

    public Task<T> SingleAsync<T>(string sql, object? parameters = null) => connection.QuerySingleAsync<T>(Command(sql, parameters));

    private CommandDefinition Command(string sql, object? parameters)
    {
        if (!sql.Contains("@retained_since", StringComparison.Ordinal)) return new CommandDefinition(sql, parameters, cancellationToken: ct);
        var all = new DynamicParameters(parameters);
        all.Add("retained_since", RetainedSince);
        all.Add("retained_day", DateOnly.FromDateTime(RetainedSince.UtcDateTime));
        return new CommandDefinition(sql, all, cancellationToken: ct);
    }
}

/// <summary>The tables are not there yet, or not in the form that this version asks for: they are being made.</summary>
public sealed class ReadModelsMissingException(string message, Exception inner) : Exception(message, inner)
{
    public ReadModelsMissingException(Exception inner)
        : this("The read models are being made. Please try again in a moment.", inner)
    {
    }
}
