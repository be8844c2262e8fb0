namespace EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Connections;

/// <summary>Reads <c>esdb://user:password@host:2113,other:2113?tls=true&amp;…</c>. What it complains of never repeats the password.</summary>
public static class ConnectionString
{
    private const string Direct = "esdb://", Discovering = "esdb+discover://";
    private const int DefaultPort = 2113;

    /// <exception cref="FormatException">It is not a connection string; the message says why, for people.</exception>
    public static ConnectionSettings Parse(string text)
    {
        var discover = text.StartsWith(Discovering, StringComparison.OrdinalIgnoreCase);
        if (!discover && !text.StartsWith(Direct, StringComparison.OrdinalIgnoreCase))
            throw new FormatException("A connection string of EventStoreDB begins with esdb:// or esdb+discover://.");

        var rest = text.AsSpan(discover ? Discovering.Length : Direct.Length);
        var question = rest.IndexOf('?');
        var options = question < 0 ? "" : rest[(question + 1)..];
        var authority = (question < 0 ? rest : rest[..question]).TrimEnd('/');
        var at = authority.LastIndexOf('@');
        var (user, password) = at < 0 ? (null, null) : Credentials(authority[..at]);
        var settings = new ConnectionSettings(Hosts(authority[(at + 1)..])) { Discover = discover, User = user, Password = password };
        foreach (var option in options.Split('&'))
        {
            if (options[option].IsEmpty) continue;
            settings = ConnectionOption.Apply(settings, options[option]);
        }

        return settings;
    }

    private static (string User, string Password) Credentials(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        if (colon <= 0) throw new FormatException("Credentials in a connection string have the form user:password@.");
        return (Uri.UnescapeDataString(text[..colon]), Uri.UnescapeDataString(text[(colon + 1)..]));
    }

    private static List<NodeEndpoint> Hosts(ReadOnlySpan<char> text)
    {
        var hosts = new List<NodeEndpoint>();
        foreach (var host in text.Split(',')) hosts.Add(Host(text[host].Trim()));
        return hosts;
    }

    private static NodeEndpoint Host(ReadOnlySpan<char> text)
    {
        var end = text.StartsWith('[') ? text.IndexOf(']') + 1 : text.IndexOf(':') is var colon and >= 0 ? colon : text.Length;
        var name = text[..end].Trim("[]").ToString();
        if (Uri.CheckHostName(name) == UriHostNameType.Unknown) throw new FormatException(
                "One of the hosts in the connection string is not a host. Signs like @ : / ? & in a user or password have to be percent-encoded.");
        if (end == text.Length) return new NodeEndpoint(name, DefaultPort);
        if (text[end] != ':' || !int.TryParse(text[(end + 1)..], out var port) || port is < 1 or > 65_535)
            throw new FormatException($"'{name}' in the connection string has no valid port: 1 to 65535.");
        return new NodeEndpoint(name, port);
    }
}
