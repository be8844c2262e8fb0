using System.Diagnostics;

namespace EventEngine.Web.Tests.Durability.Chaos;

/// <summary>A folder whose disk can be filled: a tmpfs of its own where this machine lets us mount one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const long Size = 12L << 30; // a long run on a fast machine fills 4 GB
    private const int Page = 4096;
    private const UnixFileMode Open = (UnixFileMode)0b111_101_101; // the server runs as another user

    private SmallDisk(string folder, bool canFill) => (Folder, CanFill) = (folder, canFill);

    public string Folder { get; }

    public bool CanFill { get; }

    public static SmallDisk Create()
    {
        var folder = Directory.CreateTempSubdirectory("eventengine-chaos-").FullName;
        File.SetUnixFileMode(folder, Open);
        return new SmallDisk(folder, OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={Size},mode=0755", "tmpfs", folder));
    }

    /// <summary>The disk becomes as small as what is on it, and what is left of it is written full: not a byte more goes in.</summary>
    public void Fill()
    {
        for (var spare = 0L; !Resize(Used + (spare * Page)); spare++)
        {
            // It can't become smaller than what is on it, and something came meanwhile: once more, with a page to spare.
        }

        using var balloon = new FileStream(Balloon, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        while (TryWrite(balloon))
        {
            // a page more
        }
    }

    public void Free()
    {
        File.Delete(Balloon);
        Resize(Size);
    }

    private string Balloon => Path.Combine(Folder, "balloon");

    private long Used => new DriveInfo(Folder) is var disk ? disk.TotalSize - disk.TotalFreeSpace : 0;

    private bool Resize(long size) => Run("mount", "-o", $"remount,size={size}", Folder);

    public void Dispose()
    {
        if (CanFill) Run("umount", "--lazy", Folder);
        Directory.Delete(Folder, recursive: true);
    }

    private static bool TryWrite(FileStream balloon)
    {
        try
        {
            balloon.Write(new byte[Page]);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
