using EventEngine.Infrastructure.Shared;

namespace EventEngine.Architecture.Tests;

/// <param name="Layer">The project's folder under src.</param>
/// <param name="Feature">The folder below it; empty for files of the project itself.</param>
/// <param name="Name">Path below src, with slashes.</param>
internal sealed record SourceFile(string Layer, string Feature, string Name, string Text)
{
    public override string ToString() => Name;
}

/// <summary>The product's own files, as they lie in the repository.</summary>
internal static class Sources
{
    private static readonly string Root = Path.Combine(
        RepositoryFolder.Path ?? throw new InvalidOperationException("These tests read the repository that they lie in."), "src");

    public static IReadOnlyList<SourceFile> CSharp { get; } = Read("*.cs");

    public static IReadOnlyList<SourceFile> Sql { get; } = Read("*.sql");

    public static IReadOnlyList<SourceFile> Projects { get; } = Read("*.csproj");

    public static IEnumerable<SourceFile> Of(string layer) => CSharp.Where(file => file.Layer == layer);

    private static List<SourceFile> Read(string pattern) =>
    [
        .. from path in Directory.EnumerateFiles(Root, pattern, SearchOption.AllDirectories)
           let parts = Path.GetRelativePath(Root, path).Split(Path.DirectorySeparatorChar)
           where !parts.Contains("obj") && !parts.Contains("bin")
           select new SourceFile(parts[0], parts.Length > 2 ? parts[1] : "", string.Join('/', parts), File.ReadAllText(path)),
    ];
}
