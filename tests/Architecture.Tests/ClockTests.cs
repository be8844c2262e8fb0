using System.Text.RegularExpressions;

namespace EventEngine.Architecture.Tests;

/// <summary>A rebuild gives the same rows, byte for byte: what they come from reads no clock and throws no dice.</summary>
public sealed partial class ClockTests
{
    [Fact]
    public void Decisions_and_projections_read_no_clock_and_no_chance()
    {
        var reading = from file in Sources.Of("Domain").Concat(Sources.Of("Projections").Where(IsReadModel))
                      from Match found in AmbientOrInjected().Matches(file.Text)
                      select $"{file}: {found.Value}";

        reading.ShouldBeEmpty();
    }

    /// <summary>The engine has leases and lag to measure: by the clock that it was given, never an ambient one.</summary>
    [Fact]
    public void Everybody_else_uses_the_clock_that_was_injected()
    {
        var reading = from file in Sources.CSharp
                      from Match found in Ambient().Matches(file.Text)
                      select $"{file}: {found.Value}";

        reading.ShouldBeEmpty();
    }

    private static bool IsReadModel(SourceFile file) =>
        Sources.Sql.Any(sql => sql.Layer == "Projections" && sql.Feature == file.Feature);

    [GeneratedRegex(@"\b(DateTime|DateTimeOffset)\.(Utc)?(Now|Today)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ambient();

    [GeneratedRegex(
        @"\b(DateTime|DateTimeOffset)\.(Utc)?(Now|Today)\b|\bTimeProvider\b|\bStopwatch\b|\bEnvironment\.TickCount|\bGuid\.(NewGuid|CreateVersion7)\b|\bRandom(NumberGenerator)?\b",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AmbientOrInjected();
}
