using System.Runtime.InteropServices;
using System.Text.Json;
using EventEngine.Infrastructure.Shared;

namespace EventEngine.Infrastructure.Postgres;

/// <summary>The server's own programs, from the platform's npm package.</summary>
internal sealed class PostgresBinaries(string folder)
{
    public string Folder => folder;

    public string Programs => Path.Combine(folder, "bin");

    public string Initdb => Path.Combine(Programs, "initdb");

    private static string Package => $"@embedded-postgres/{PlatformName}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";

    private static string PlatformName => OperatingSystem.IsMacOS() ? "darwin" : "linux";

    /// <param name="configured">The package, or the folder in it that has <c>bin</c>; null or empty: look for node_modules.</param>
    /// <exception cref="EmbeddedPostgresException">They are nowhere.</exception>
    public static PostgresBinaries Find(string? configured)
    {
        var candidates = string.IsNullOrEmpty(configured) ? NodeModules() : [RepositoryFolder.Resolve(configured)];
        var found = candidates.SelectMany(package => new[] { Path.Combine(package, "native"), package })
            .FirstOrDefault(native => File.Exists(Path.Combine(native, "bin", "postgres")))
            ?? throw new EmbeddedPostgresException(
                $"The embedded Postgres server ({Package}) is not installed. Run `npm ci` in {RepositoryFolder.Path ?? "the repository"}, " +
                "or set EventEngine__Postgres__ConnectionString to use a server of your own.");
        var binaries = new PostgresBinaries(found);
        binaries.LinkLibraries();
        return binaries;
    }

    private static IEnumerable<string> NodeModules() =>
        RepositoryFolder.Ancestors(Environment.CurrentDirectory).Concat(RepositoryFolder.Ancestors(AppContext.BaseDirectory))
            .Select(folder => Path.Combine(folder, "node_modules", Package));

    /// <summary>npm packages hold no links; the package's own script that makes them does not run where scripts are off.</summary>
    private void LinkLibraries()
    {
        var list = Path.Combine(folder, "pg-symlinks.json");
        if (!File.Exists(list))
            return;
        foreach (var link in JsonSerializer.Deserialize<Link[]>(File.ReadAllBytes(list), JsonSerializerOptions.Web) ?? [])
            Create(InFolder(link.Target), InFolder(link.Source));
    }

    private string InFolder(string path) => Path.Combine(folder, Path.GetRelativePath("native", path));

    private static void Create(string link, string existing)
    {
        if (File.Exists(link))
            return;
        try
        {
            File.CreateSymbolicLink(link, Path.GetRelativePath(Path.GetDirectoryName(link)!, existing));
        }
        catch (IOException) when (File.Exists(link))
        {
            // Another process that starts at the same moment made it.
        }
    }

    private sealed record Link(string Source, string Target);
}
