using Microsoft.Extensions.DependencyInjection;

namespace EventEngine.Infrastructure.Postgres;

public static class PostgresRegistration
{
    /// <summary>Gives one NpgsqlDataSource to everybody, and a BackgroundPostgres to what nobody waits for; they need <see cref="StartPostgresAsync"/> before their first use.</summary>
    public static IServiceCollection AddPostgres(this IServiceCollection services) => services
        .AddSingleton<PostgresServer>()
        .AddSingleton(provider => provider.GetRequiredService<PostgresServer>().DataSource)
        .AddSingleton(provider => provider.GetRequiredService<PostgresServer>().Background);

    /// <summary>
    /// Starts or joins the server and brings the database to its form. To be awaited before the host runs, since a hosted service would
    /// be too late for other hosted services. The server is let go when the services are disposed.
    /// </summary>
    /// <exception cref="DatabaseUnavailableException">It can't be used, and trying again for a while did not help.</exception>
    public static Task StartPostgresAsync(this IServiceProvider services, CancellationToken ct = default) =>
        services.GetRequiredService<PostgresServer>().StartAsync(ct);

    /// <returns>False: it can't be used, and the operator was told why.</returns>
    public static async Task<bool> TryStartPostgresAsync(this IServiceProvider services)
    {
        try
        {
            await services.StartPostgresAsync();
            return true;
        }
        catch (DatabaseUnavailableException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return false;
        }
    }
}
