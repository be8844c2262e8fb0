using System.Diagnostics;

namespace EventEngine.Bench.Load;

/// <summary>What the operating system keeps of files in memory.</summary>
public static class ColdDisk
{
    /// <summary>Of these files alone: nothing else on the machine gets slower.</summary>
    /// <returns>False: there is no such way here.</returns>
    public static bool Forget(string folder)
    {
        if (!OperatingSystem.IsLinux()) return false;
        using var shell = Process.Start("/bin/sh", ["-c", "sync && find \"$0\" -type f -exec dd if={} iflag=nocache count=0 status=none \\;", folder]);
        shell.WaitForExit();
        return shell.ExitCode == 0;
    }
}
