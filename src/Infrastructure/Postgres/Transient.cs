using System.Net.Sockets;
using Npgsql;

namespace EventEngine.Infrastructure.Postgres;

/// <summary>Trouble that passes by itself: connections, restarts, locks, a full disk. What is left is the fault of what was asked, or of the code.</summary>
public static class Transient
{
    private static readonly HashSet<string> Classes = ["08", "40", "53", "55", "57", "58"];

    public static bool Is(Exception e) => e switch
    {
        PostgresException postgres => Classes.Contains(postgres.SqlState[..2]),
        NpgsqlException => true,
        IOException or SocketException or TimeoutException or ObjectDisposedException => true,
        _ => false,
    };

    /// <summary>It passes when somebody makes room.</summary>
    public static bool IsFullDisk(Exception e) => e is PostgresException { SqlState: PostgresErrorCodes.DiskFull };
}
