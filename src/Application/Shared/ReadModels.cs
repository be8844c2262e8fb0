using System.Data;
using Dapper;
using EventEngine.Application.EventStore;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using Npgsql;

namespace EventEngine.Application.Shared;

/// <summary>
/// The one way for a query into the read models. Tenancy is enforced here: a query names its organization, and an app of another one is
/// not found. All of an answer is read in one snapshot, and says how fresh that snapshot is.
/// </summary>
public sealed class ReadModels(NpgsqlDataSource dataSource, IStoreHead head)
{
    private const string Opening = """
        select c.commit_position, c.prepare_position, c.event_at,
               exists (select 1 from views.apps where app_id = @app and organization_id = @organization) as owns_app,
               array(select app_id from views.apps where organization_id = @organization) as apps
        from (values (1)) one left join views.checkpoints c on c.projection = @projection
        """;

    /// <exception cref="NotFoundException">The app does not exist, or belongs to another organization.</exception>
    public Task<Answer<T>> ForAppAsync<T>(
        OrganizationId organization, AppId app, string projection, Func<ReadSnapshot, Task<T>> read, CancellationToken ct) =>
        OpenAsync(projection, organization.Value, app.Value, (db, opening) => opening.OwnsApp ? read(db) : throw new NotFoundException("app"), ct);

    /// <summary>For queries over all apps of an organization: every SQL statement is bound to the ids it is given.</summary>
    public Task<Answer<T>> ForAppsOfAsync<T>(
        OrganizationId organization, string projection, Func<ReadSnapshot, Guid[], Task<T>> read, CancellationToken ct) =>
        OpenAsync(projection, organization.Value, null, (db, opening) => read(db, opening.Apps), ct);

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
            var value = await read(db, opening);
            return new Answer<T>(value, new AsOf(opening.Position, opening.EventAt, (long)head.LagBehind(opening.Position).TotalMilliseconds));
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            throw new ReadModelsMissingException(e);
        }
    }

    private sealed record OpeningRow(long? CommitPosition, long? PreparePosition, DateTimeOffset? EventAt, bool OwnsApp, Guid[] Apps)
    {
        public StorePosition? Position => CommitPosition is >= 0 ? new StorePosition(CommitPosition.Value, PreparePosition!.Value) : null;
    }
}

/// <summary>One consistent view of the read models, for the time of one query.</summary>
public sealed class ReadSnapshot(NpgsqlConnection connection, CancellationToken ct)
{
    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql, object? parameters = null) =>
        (await connection.QueryAsync<T>(Command(sql, parameters))).AsList();

    /// <returns>Null when there is none.</returns>
    public Task<T?> FindAsync<T>(string sql, object? parameters = null) where T : class => connection.QuerySingleOrDefaultAsync<T>(Command(sql, parameters));

    public Task<T> SingleAsync<T>(string sql, object? parameters = null) => connection.QuerySingleAsync<T>(Command(sql, parameters));

    private CommandDefinition Command(string sql, object? parameters) => new(sql, parameters, cancellationToken: ct);
}

/// <summary>No projection has made its tables yet: so it is for a moment at the very first start.</summary>
public sealed class ReadModelsMissingException(Exception inner) : Exception("The read models are being made. Please try again in a moment.", inner);
