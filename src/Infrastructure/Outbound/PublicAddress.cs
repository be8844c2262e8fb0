using System.Net;

namespace EventEngine.Infrastructure.Outbound;

/// <summary>Which addresses belong to the public internet: everything else may be a neighbour that trusts whoever reaches it.</summary>
public static class PublicAddress
{
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] Closed =
    [
        .. new[]
        {
            "0.0.0.0/8", // "this network": Linux takes it for loopback
            "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", // private
            "100.64.0.0/10", // behind a carrier's NAT
            "127.0.0.0/8",
            "168.63.129.16/32", // Azure's own services for its machines, at a public address
            "169.254.0.0/16", // link-local, metadata of cloud machines among it
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", // protocols, tests, documentation
            "224.0.0.0/4", "240.0.0.0/4", // multicast, reserved, broadcast
            "2001::/23", "2001:db8::/32", "3fff::/20", // Teredo and other protocols, documentation
        }.Select(IPNetwork.Parse),
    ];

    // Both carry an IPv4 address that a gateway on the way may unwrap.
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96"), SixToFour = IPNetwork.Parse("2002::/16");
    private const int Nat64Offset = 12, SixToFourOffset = 2, IPv4Length = 4;

    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return Is(address.MapToIPv4());
        if (Nat64.Contains(address)) return Is(Embedded(address, Nat64Offset));
        if (SixToFour.Contains(address)) return Is(Embedded(address, SixToFourOffset));
        var isUnicast = address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork || GlobalUnicast.Contains(address);
        return isUnicast && !Array.Exists(Closed, network => network.Contains(address));
    }

    private static IPAddress Embedded(IPAddress address, int offset) => new(address.GetAddressBytes().AsSpan(offset, IPv4Length));
}
