using System.Runtime.CompilerServices;
using Shouldly;

namespace EventEngine.Testing;

/// <summary>
/// Compares text with <c>Class.method.verified.txt</c> beside the test; Verify's own convention of names, so that it can take over.
/// </summary>
public static class Snapshot
{
    /// <param name="actual">Without anything that changes from run to run.</param>
    /// <param name="name">Tells several snapshots of one test apart.</param>
    public static void Matches(string actual, string? name = null, [CallerFilePath] string file = "", [CallerMemberName] string test = "")
    {
        var stem = string.Join('.', new[] { Path.ChangeExtension(file, null), test, name }.OfType<string>());
        var (verified, received) = (stem + ".verified.txt", stem + ".received.txt");
        var expected = File.Exists(verified) ? Normalize(File.ReadAllText(verified)) : null;
        if (expected == Normalize(actual))
        {
            File.Delete(received);
            return;
        }
        File.WriteAllText(received, Normalize(actual));
        var hint = $"To accept the new text: mv '{received}' '{verified}'";
        if (expected is null)
            throw new ShouldAssertException($"There is no snapshot yet. {hint}\n{actual}");
        Normalize(actual).ShouldBe(expected, hint);
    }

    private static string Normalize(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
}
