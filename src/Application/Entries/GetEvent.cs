using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>One event with every transition that was reported of it.</summary>
/// <exception cref="NotFoundException">The app has no such event.</exception>
public sealed record GetEvent(OrganizationId Organization, AppId App, string EventId) : IRequest<Answer<EventDetail>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<GetEvent, Answer<EventDetail>>
    {
        // An id that an app uses again after days is another event: the latest is meant.
        private const string Latest = $"from {Retained.Events} where app_id = @app and event_id = @id order by received_on desc limit 1";
        private const string Event = $"select {EventSql.Columns} {Latest}";
        private const string Fold = $"select transitions, error_message_length {Latest}";

        public Task<Answer<EventDetail>> Handle(GetEvent query, CancellationToken ct) =>
            readModels.ForAppAsync(query.Organization, query.App, ProjectionNames.Entries, async db =>
            {
                var key = new { app = query.App.Value, id = query.EventId };
                var row = StorableText.CanBeStored(query.EventId) ? await db.FindAsync<EventRow>(Event, key) : null;
                if (row is null) throw new NotFoundException("event");
                var fold = await db.SingleAsync<FoldRow>(Fold, key);
                return new EventDetail(row, fold.ErrorMessageLength, [.. TransitionList.Decode(fold.Transitions).Where(known => known.ReceivedAt >= db.RetainedSince).Select(EventTransition.Of)]);
            }, ct);

        private sealed record FoldRow(byte[] Transitions, int? ErrorMessageLength);
    }
}

/// <param name="ErrorMessageLength">Length in characters before the message was cut to 16 KiB.</param>
public sealed record EventDetail(EventRow Event, int? ErrorMessageLength, IReadOnlyList<EventTransition> Transitions);

/// <summary>One reported transition, in order of their timestamps.</summary>
/// <param name="At">As the reporter gave it.</param>
/// <param name="ReceivedAt">When we first heard of it.</param>
/// <param name="LatencyMs">As the reporter gave it; null where it gave none.</param>
public sealed record EventTransition(
    EntryStatus Status, DateTimeOffset At, DateTimeOffset ReceivedAt, int? Attempts, double? LatencyMs, string? ErrorClass, string? ErrorMessage)
{
    internal static EventTransition Of(Transition transition) => new(
        transition.Status, transition.Timestamp, transition.ReceivedAt, transition.Attempts, transition.ReportedLatencyUs / 1000.0,
        transition.ErrorClass, transition.ErrorMessage);
}
