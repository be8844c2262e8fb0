namespace EventEngine.Infrastructure.Shared;

/// <summary>Where this clone of the repository is; a published host runs outside one.</summary>
public static class RepositoryFolder
{
    private const string Mark = "EventEngine.sln";

    /// <summary>Null outside a clone.</summary>
    public static string? Path { get; } = Ancestors(Environment.CurrentDirectory).Concat(Ancestors(AppContext.BaseDirectory))
        .FirstOrDefault(folder => File.Exists(System.IO.Path.Combine(folder, Mark)));

    /// <summary>Absolute; a relative path starts at the repository, or at the working directory outside one.</summary>
    public static string Resolve(string path) => System.IO.Path.GetFullPath(path, Path ?? Environment.CurrentDirectory);

    /// <summary>The folder itself, then its parents up to the root.</summary>
    public static IEnumerable<string> Ancestors(string folder)
    {
        for (var current = new DirectoryInfo(folder); current is not null; current = current.Parent)
            yield return current.FullName;
    }
}
