using System.Text.RegularExpressions;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Protocol;

namespace EventEngine.Testing.EventStoreDb;

/// <summary>What a read of everything lets through, and after how many events it tells how far it has looked.</summary>
internal sealed class LogFilter
{
    private readonly Func<LogRecord, string> _subject = record => record.Stream;
    private readonly Regex? _regex;
    private readonly IReadOnlyList<string>? _prefixes;

    public LogFilter(ReadRequest.Types.Filter? filter)
    {
        if (filter is null) return;
        var isByStream = filter.ByCase == ReadRequest.Types.Filter.ByOneofCase.Stream;
        var expression = isByStream ? filter.Stream : filter.EventType;
        if (!isByStream) _subject = record => record.Type;
        if (expression.Regex.Length > 0) _regex = new Regex(expression.Regex, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        else _prefixes = expression.Prefixes;
        CheckpointEvery = (int)(filter.WindowCase == ReadRequest.Types.Filter.WindowOneofCase.Max ? filter.Max : 32) * (int)filter.CheckpointWindows;
    }

    public int CheckpointEvery { get; } = int.MaxValue;

    public bool Keeps(LogRecord record) =>
        (_regex?.IsMatch(_subject(record)) ?? true) && (_prefixes?.Any(prefix => _subject(record).StartsWith(prefix, StringComparison.Ordinal)) ?? true);
}
