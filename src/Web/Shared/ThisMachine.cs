using System.Net;

namespace EventEngine.Web.Shared;

/// <summary>Names of the machine that we run on, as nobody else can be called.</summary>
public static class ThisMachine
{
    public static bool IsNamed(HostString host) =>
        host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
