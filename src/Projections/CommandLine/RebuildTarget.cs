using System.CommandLine;
using EventEngine.Application.Shared;
using EventEngine.Infrastructure.Pipeline;
using EventEngine.Infrastructure.Postgres;
using EventEngine.Projections.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Events;

namespace EventEngine.Projections.CommandLine;

/// <summary>Which projections are meant, and what of this process is needed to rebuild them.</summary>
internal static class RebuildTarget
{
    private const string All = "all";

    public static Argument<string> Argument { get; } = new("projection") { Description = $"{string.Join(", ", ProjectionNames.All)}, or {All}." };

    public static async Task<int> RunAsync(ParseResult parsed, Func<RebuildWatch, IReadOnlyList<string>, Task<int>> run, CancellationToken ct)
    {
        var name = parsed.GetValue(Argument)!;
        if (name != All && !ProjectionNames.All.Contains(name))
        {
            await Console.Error.WriteLineAsync($"There is no projection {name}. There are: {string.Join(", ", ProjectionNames.All)}; or all.");
            return RebuildWatch.Failed;
        }

        try
        {
            return await RunAsync(name == All ? ProjectionNames.All : [name], run, ct);
        }
        catch (Exception e) when (e is DatabaseUnavailableException || Transient.Is(e))
        {
            await Console.Error.WriteLineAsync((e as DatabaseUnavailableException ?? new DatabaseUnavailableException(e)).Message);
            return RebuildWatch.Failed; // 1 would say that tables differ
        }
    }

    private static async Task<int> RunAsync(IReadOnlyList<string> projections, Func<RebuildWatch, IReadOnlyList<string>, Task<int>> run, CancellationToken ct)
    {
        var builder = WorkerHost.Create(LogEventLevel.Error);
        builder.Services.AddProjections().AddPipeline().AddSingleton<RebuildWatch>();
        using var host = builder.Build();
        await host.Services.StartPostgresAsync(ct);
        await using var watch = host.Services.GetRequiredService<RebuildWatch>();
        return await run(watch, projections);
    }
}
