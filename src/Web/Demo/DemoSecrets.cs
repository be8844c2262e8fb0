using System.Security.Cryptography;
using EventEngine.Domain.Apps;

namespace EventEngine.Web.Demo;

/// <summary>The demo's login and keys: random, and kept beside the demo's data so that the next start has the same ones.</summary>
public sealed record DemoSecrets(string Password, IReadOnlyDictionary<string, string> Keys)
{
    public string KeyOf(DemoApp app) => Keys[app.Name];

    public static DemoSecrets Load(string dataDirectory)
    {
        var file = Path.Combine(dataDirectory, "demo-secrets");
        if (!File.Exists(file)) Create(file);
        var lines = File.ReadAllLines(file);
        return new DemoSecrets(lines[0], lines.Skip(1).Select(line => line.Split(' ')).ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal));
    }

    private static void Create(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(file, options);
        using var text = new StreamWriter(stream);
        text.WriteLine(RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 12));
        foreach (var app in DemoApps.All) text.WriteLine($"{app.Name} {ApiKey.From(RandomNumberGenerator.GetBytes(ApiKey.RandomBytes)).Secret}");
    }
}
