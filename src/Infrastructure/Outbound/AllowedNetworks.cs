using System.Diagnostics.CodeAnalysis;
using System.Net;
using EventEngine.Application.Shared;
using Microsoft.Extensions.Options;

namespace EventEngine.Infrastructure.Outbound;

/// <summary>The networks that the operator opens to customers' addresses; nothing but the public internet unless named.</summary>
internal sealed class AllowedNetworks(IOptions<EventEngineOptions> options)
{
    private readonly IPNetwork[] _networks = [.. Named(options.Value).Select(text => TryParse(text, out var network) ? network.Value : throw new FormatException(text))];

    public bool Allow(IPAddress address) => PublicAddress.Is(address) || Array.Exists(_networks, network => network.Contains(address));

    internal static string[] Named(EventEngineOptions options) =>
        options.Outbound.AllowedNetworks?.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <param name="text">A network, or a single address.</param>
    internal static bool TryParse(string text, [NotNullWhen(true)] out IPNetwork? network)
    {
        // .NET also takes 10.1/16, for 10.0.0.1: whoever writes that means something else.
        network = !text.Contains(':') && text.Count(letter => letter == '.') != 3 ? null
            : IPNetwork.TryParse(text, out var parsed) ? parsed
            : IPAddress.TryParse(text, out var one) ? new IPNetwork(one, one.GetAddressBytes().Length * 8)
            : null;
        return network is not null;
    }
}

/// <summary>A mistake stops the start: a network that was meant to be open would seem to be closed for another reason.</summary>
internal sealed class AllowedNetworksCheck : IValidateOptions<EventEngineOptions>
{
    public ValidateOptionsResult Validate(string? name, EventEngineOptions options)
    {
        var wrong = AllowedNetworks.Named(options).Where(text => !AllowedNetworks.TryParse(text, out _)).ToList();
        return wrong.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"EventEngine:Outbound:AllowedNetworks: {string.Join(", ", wrong)} is no network. Write it as 10.1.0.0/16 or fd12:3456::/32.");
    }
}
