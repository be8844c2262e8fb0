using System.Xml.Linq;

namespace EventEngine.Architecture.Tests;

public sealed class LayerTests
{
    private static readonly string[] Layers = ["Domain", "Application", "Infrastructure", "Projections", "Web"];

    [Fact]
    public void The_layers_are_those_five() => Sources.Projects.Select(project => project.Layer).Order().ShouldBe(Layers.Order());

    [Fact]
    public void References_go_one_way()
    {
        foreach (var project in Sources.Projects)
            foreach (var referenced in References(project, "ProjectReference"))
                Array.IndexOf(Layers, referenced.Split('/', '\\')[1]).ShouldBeLessThan(Array.IndexOf(Layers, project.Layer), $"{project} → {referenced}");
    }

    [Fact]
    public void The_domain_needs_nobody()
    {
        var domain = Sources.Projects.Single(project => project.Layer == "Domain");

        References(domain, "ProjectReference").ShouldBeEmpty();
        References(domain, "PackageReference").ShouldBeEmpty();
        References(domain, "FrameworkReference").ShouldBeEmpty();
    }

    [Fact]
    public void Pages_endpoints_and_live_messages_use_the_application_only()
    {
        var reaching = from file in Sources.Of("Web")
                       where file.Feature is not ("" or "Operations" or "Bootstrap" or "Demo" or "Live")
                       where file.Text.Contains("EventEngine.Infrastructure") || file.Text.Contains("EventEngine.Projections")
                       select file;

        reaching.ShouldBeEmpty();
    }

    [Fact]
    public void Of_the_application_only_ReadModels_opens_the_data_source()
    {
        var opening = Sources.Of("Application").Where(file => file.Text.Contains("NpgsqlDataSource") || file.Text.Contains("new NpgsqlConnection"));

        opening.Select(file => file.Name).ShouldBe(["Application/Shared/ReadModels.cs"]);
    }

    private static IEnumerable<string> References(SourceFile project, string kind) =>
        XDocument.Parse(project.Text).Descendants(kind).Select(reference => reference.Attribute("Include")!.Value);
}
