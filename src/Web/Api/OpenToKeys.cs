namespace EventEngine.Web.Api;

/// <summary>An endpoint that an app's own key opens as well, for that app: a build has it at hand.</summary>
internal sealed record OpenToKeys
{
    public static bool Is(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<OpenToKeys>() is not null;
}
