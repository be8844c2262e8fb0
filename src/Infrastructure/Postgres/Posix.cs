using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EventEngine.Infrastructure.Postgres;

/// <summary>The few system calls that .NET does not offer.</summary>
internal static partial class Posix
{
    private const int NoSuchReader = 6; // ENXIO
    private const int WriteOnly = 1;
    private const int Niceness = 10; // of 0 to 19

    private static readonly int NonBlocking = OperatingSystem.IsMacOS() ? 0x4 : 0x800;
    private static readonly int CloseOnExec = OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;

    public static bool IsRoot => geteuid() == 0;

    /// <summary>Null when nobody has the pipe open for reading. Children of this process do not inherit the descriptor.</summary>
    public static SafeFileHandle? OpenPipeForWriting(string path)
    {
        var descriptor = open(path, WriteOnly | NonBlocking | CloseOnExec);
        if (descriptor >= 0)
            return new SafeFileHandle(descriptor, ownsHandle: true);
        return Marshal.GetLastPInvokeError() == NoSuchReader ? null : throw Failed($"open {path}");
    }

    public static void CreatePipe(string path)
    {
        if (mkfifo(path, Convert.ToUInt32("600", 8)) != 0)
            throw Failed($"create the pipe {path}");
    }

    /// <summary>False when the reader has gone meanwhile.</summary>
    public static bool TryWrite(SafeFileHandle pipe, ReadOnlySpan<byte> text) => write(pipe, text, text.Length) == text.Length;

    public static void GiveTo(string path, uint user, uint group)
    {
        if (chown(path, user, group) != 0)
            throw Failed($"give {path} to user {user}");
    }

    /// <summary>Every link resolved: one name for one folder, however it was reached.</summary>
    public static string RealPath(string path) => realpath(path, 0) ?? throw Failed($"resolve {path}");

    /// <summary>
    /// Lets a process of this machine have the cores only as far as others leave them. Linux may share them out by session first (sched(7),
    /// autogroup), and each process of Postgres is a session of its own. Where either is refused, the process goes on as before.
    /// </summary>
    public static void GiveWay(int process)
    {
        _ = setpriority(which: 0, process, Niceness);
        try
        {
            File.WriteAllText($"/proc/{process}/autogroup", $"{Niceness}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A kernel without such groups, or another system.
        }
    }

    /// <summary>The same for the calling thread.</summary>
    public static void GiveWay()
    {
        if (OperatingSystem.IsLinux()) _ = setpriority(which: 0, 0, Niceness); // elsewhere it would be the whole process
    }

    private static IOException Failed(string what)
    {
        var reason = new Win32Exception(Marshal.GetLastPInvokeError());
        return new IOException($"Can't {what}: {reason.Message}", reason);
    }

    [LibraryImport("libc")]
    private static partial uint geteuid();

    [LibraryImport("libc")]
    private static partial int setpriority(int which, int who, int priority);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int mkfifo(string path, uint mode);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int chown(string path, uint user, uint group);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial string? realpath(string path, nint buffer);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(SafeFileHandle file, ReadOnlySpan<byte> bytes, nint count);
}
