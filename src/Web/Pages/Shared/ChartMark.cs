using EventEngine.Application.Deploys;

namespace EventEngine.Web.Pages.Shared;

/// <summary>A moment on a chart that something is to be read against.</summary>
/// <param name="At">Seconds since 1970.</param>
/// <param name="Text">What happened, for whoever points at it.</param>
public sealed record ChartMark(long At, string Label, string Text, string? Url)
{
    public static IReadOnlyList<ChartMark> Of(IReadOnlyList<Deploy> deploys, Viewer viewer) =>
        [.. deploys.Select(deploy => new ChartMark(
            deploy.At.ToUnixTimeSeconds(), deploy.Version,
            $"Deploy {deploy.Version}{(deploy.Revision is { } revision ? $" ({revision})" : "")}, {viewer.Local(deploy.At):d MMM HH:mm}", deploy.Url))];
}
