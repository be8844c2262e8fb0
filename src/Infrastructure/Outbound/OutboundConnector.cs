using System.Net;
using System.Net.Sockets;

namespace EventEngine.Infrastructure.Outbound;

/// <summary>
/// Resolves a host and connects to the very address that was judged, so that a name can't lead elsewhere between the two. Every
/// connection goes through here, whatever the address looked like when it was entered.
/// </summary>
internal sealed class OutboundConnector(INames names, AllowedNetworks allowed)
{
    private const int MostAddresses = 4;
    private static readonly TimeSpan EachAddress = TimeSpan.FromSeconds(1);

    /// <exception cref="AddressRefusedException">None of its addresses may be called.</exception>
    /// <exception cref="NoConnectionException">It is not known, or accepts no connection.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var open = (await FindAsync(host, ct)).Select(Plain).Where(allowed.Allow).Take(MostAddresses).ToList();
        if (open.Count == 0) throw new AddressRefusedException();
        for (var i = 0; ; i++)
        {
            var isLast = i == open.Count - 1;
            try
            {
                return await ConnectAsync(new IPEndPoint(open[i], port), isLast ? Timeout.InfiniteTimeSpan : EachAddress, ct);
            }
            catch (Exception error) when (!ct.IsCancellationRequested && error is SocketException or OperationCanceledException)
            {
                if (isLast) throw new NoConnectionException(error is SocketException socket ? Word(socket) : "no answer", error);
            }
        }
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private async Task<IPAddress[]> FindAsync(string host, CancellationToken ct)
    {
        try
        {
            var found = await names.FindAsync(host, ct);
            return found.Length > 0 ? found : throw new NoConnectionException("its name is not known", inner: null);
        }
        catch (SocketException error)
        {
            throw new NoConnectionException("its name is not known", error);
        }
    }

    private static async Task<Stream> ConnectAsync(IPEndPoint address, TimeSpan atMost, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(atMost);
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, limit.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string Word(SocketException error) => error.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "no route to it",
        SocketError.TimedOut => "no answer",
        _ => "no connection came about",
    };
}

/// <summary>It leads to where customers' addresses may not lead.</summary>
internal sealed class AddressRefusedException() : IOException("A private, loopback or link-local address.");

/// <param name="reason">For people, without an address.</param>
internal sealed class NoConnectionException(string reason, Exception? inner) : IOException(reason, inner);
