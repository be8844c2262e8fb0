using System.Net;

namespace EventEngine.Infrastructure.Outbound;

/// <summary>How names of hosts become addresses.</summary>
public interface INames
{
    /// <exception cref="System.Net.Sockets.SocketException">The name is not known.</exception>
    Task<IPAddress[]> FindAsync(string host, CancellationToken ct);
}

internal sealed class SystemNames : INames
{
    /// <summary>The system's resolver can't be interrupted: whoever gives up leaves it behind.</summary>
    public Task<IPAddress[]> FindAsync(string host, CancellationToken ct) => Dns.GetHostAddressesAsync(host, ct).WaitAsync(ct);
}
