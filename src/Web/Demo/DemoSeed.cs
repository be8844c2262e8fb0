namespace EventEngine.Web.Demo;

/// <summary>Remembers, beside the demo's data, which apps have their week of history.</summary>
public sealed class DemoSeed(string dataDirectory)
{
    public bool IsNeededFor(DemoApp app) => !File.Exists(MarkOf(app));

    public void Done(DemoApp app) => File.WriteAllText(MarkOf(app), "");

    private string MarkOf(DemoApp app) => Path.Combine(dataDirectory, $"demo-seeded-{app.Name}");
}
