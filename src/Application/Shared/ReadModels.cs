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
    private const string OwnsApp = "select exists (select 1 from views.apps where app_id = @app and organization_id = @organization)";
    private const string Checkpoint = "select commit_position, prepare_position, event_at from views.checkpoints where projection = @projection";

    /// <exception cref="NotFoundException">The app does not exist, or belongs to another organization.</exception>
    public Task<Answer<T>> ForAppAsync<T>(
        OrganizationId organization, AppId app, string projection, Func<NpgsqlConnection, Task<T>> read, CancellationToken ct) =>
        ReadAsync(projection, async db =>
        {
            var owns = await db.ExecuteScalarAsync<bool>(OwnsApp, new { app = app.Value, organization = organization.Value });
            return owns ? await read(db) : throw new NotFoundException("app");
        }, ct);

    /// <summary>For queries whose every SQL statement is itself bound to the organization it is given.</summary>
    public Task<Answer<T>> ForOrganizationAsync<T>(
        OrganizationId organization, string projection, Func<NpgsqlConnection, Guid, Task<T>> read, CancellationToken ct) =>
        ReadAsync(projection, db => read(db, organization.Value), ct);

    /// <summary>For what belongs to no tenant: the pipeline's own state, sign-in and provisioning.</summary>
    public async Task<Answer<T>> ReadAsync<T>(string projection, Func<NpgsqlConnection, Task<T>> read, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        await using var snapshot = await db.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var checkpoint = await db.QuerySingleOrDefaultAsync<CheckpointRow>(Checkpoint, new { projection });
        var value = await read(db);
        var position = checkpoint is { CommitPosition: >= 0 } ? new StorePosition(checkpoint.CommitPosition, checkpoint.PreparePosition) : (StorePosition?)null;
        return new Answer<T>(value, new AsOf(position, checkpoint?.EventAt, (long)head.LagBehind(position).TotalMilliseconds));
    }

    private sealed record CheckpointRow(long CommitPosition, long PreparePosition, DateTimeOffset? EventAt);
}
