using EventEngine.Application.Apps;
using EventEngine.Application.Entries;
using EventEngine.Domain.DeadLetters;

namespace EventEngine.Application.DeadLetters;

/// <param name="MessagePattern">The message with a star for each thing that varies.</param>
/// <param name="Count">Dead-lettered now.</param>
/// <param name="CountEver">With those that were published since.</param>
/// <param name="Trend">Deaths in each of the last 24 hours, the present one last.</param>
/// <param name="Decided">What was decided last; null: nothing.</param>
/// <param name="AlsoIn">Other apps in which events died of the same.</param>
public sealed record DeadLetterGroup(
    string Fingerprint,
    string? ErrorClass,
    string MessagePattern,
    string? SampleMessage,
    string SampleEventId,
    long Count,
    long CountEver,
    IReadOnlyList<string> EventNames,
    IReadOnlyList<int> Versions,
    DateTimeOffset FirstAt,
    DateTimeOffset LastAt,
    GroupState State,
    DecidedGroup? Decided,
    IReadOnlyList<long> Trend,
    IReadOnlyList<AppName> AlsoIn)
{
    internal static DeadLetterGroup Of(ErrorGroup group, GroupState state, DecidedGroup? decided, DateTimeOffset trendFrom)
    {
        var trend = new long[ListDeadLetterGroups.TrendHours];
        foreach (var (hour, died) in group.Trend)
            if ((int)(hour - trendFrom).TotalHours is >= 0 and < ListDeadLetterGroups.TrendHours and var at) trend[at] += died;
        return new DeadLetterGroup(
            group.Fingerprint.ToString(), group.ErrorClass, group.MessagePattern, group.SampleMessage, group.SampleEventId, group.Dead, group.Ever,
            group.EventNames, group.Versions, group.FirstAt, group.LastAt, state, decided, trend, []);
    }
}
