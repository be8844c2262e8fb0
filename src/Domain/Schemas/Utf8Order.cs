using System.Text;

namespace EventEngine.Domain.Schemas;

/// <summary>The order of strings by their bytes in UTF-8, as Ruby sorts them.</summary>
internal sealed class Utf8Order : IComparer<string>
{
    public static Utf8Order Comparer { get; } = new();

    public int Compare(string? x, string? y) => Encoding.UTF8.GetBytes(x ?? "").AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y ?? ""));
}
