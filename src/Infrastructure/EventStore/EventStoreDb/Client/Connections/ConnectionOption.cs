using System.Buffers;
using System.Globalization;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Connections;

/// <summary>One <c>name=value</c> of a connection string. Names are not case sensitive.</summary>
internal static class ConnectionOption
{
    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    public static ConnectionSettings Apply(ConnectionSettings settings, ReadOnlySpan<char> option)
    {
        var equals = option.IndexOf('=');
        // What is no word may be the rest of a password with a question mark in it.
        if (equals <= 0 || !IsWord(option[..equals])) throw new FormatException("An option of the connection string is not of the form name=value.");
        var (name, value) = (option[..equals].ToString(), Uri.UnescapeDataString(option[(equals + 1)..]));
        return name.ToLowerInvariant() switch
        {
            "tls" => settings with { Tls = Switch(name, value) },
            "tlsverifycert" => settings with { TlsVerifyCert = Switch(name, value) },
            "tlscafile" => settings with { TlsCaFile = value },
            "nodepreference" => settings with { NodePreference = Preference(value) },
            "keepaliveinterval" => settings with { KeepAliveInterval = value == "-1" ? null : Milliseconds(name, value) },
            "keepalivetimeout" => settings with { KeepAliveTimeout = Milliseconds(name, value) },
            "maxdiscoverattempts" => settings with { MaxDiscoverAttempts = value == "-1" ? int.MaxValue : Number(name, value) },
            "discoveryinterval" => settings with { DiscoveryInterval = Milliseconds(name, value) },
            "gossiptimeout" => settings with { GossipTimeout = TimeSpan.FromSeconds(Number(name, value)) },
            "defaultdeadline" => settings with { DefaultDeadline = Milliseconds(name, value) },
            // Of other clients; they say nothing to this one.
            "connectionname" or "throwonappendfailure" => settings,
            _ => throw new FormatException($"The connection string has an unknown option '{name}'."),
        };
    }

    private static bool IsWord(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Letters);

    private static bool Switch(string name, string value) =>
        bool.TryParse(value, out var on) ? on : throw new FormatException($"'{name}' in the connection string is true or false.");

    private static NodePreference Preference(string value) =>
        !int.TryParse(value, out _) && Enum.TryParse<NodePreference>(value, ignoreCase: true, out var preference)
            ? preference
            : throw new FormatException("'nodePreference' in the connection string is leader, follower, readOnlyReplica or random.");

    private static TimeSpan Milliseconds(string name, string value) => TimeSpan.FromMilliseconds(Number(name, value));

    private static int Number(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new FormatException($"'{name}' in the connection string is a whole number from 1.");
}
