using EventEngine.Application.Entries;
using EventEngine.Application.EventStore;
using EventEngine.Application.Heartbeats;
using EventEngine.Application.Pipeline;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Retention;
using EventEngine.Domain.Shared;
using MediatR;

namespace EventEngine.Application.Retention;

/// <summary>
/// Writes down what a finished day of an app counts, before its entries may go. Any number of processes may try: who comes second finds the
/// stats stream longer than it expected.
/// </summary>
/// <param name="Again">Also when it is closed already: its entries, or those of the day before, have changed since.</param>
/// <exception cref="WrongRevisionException">Another process writes this app's books just now.</exception>
public sealed record CloseDay(AppId App, DateOnly Day, bool Again = false) : IRequest<DayOutcome>
{
    internal sealed class Handler(IEventStore store, IMediator mediator, TimeProvider time) : IRequestHandler<CloseDay, DayOutcome>
    {
        public async Task<DayOutcome> Handle(CloseDay command, CancellationToken ct)
        {
            var now = time.GetUtcNow();
            if (!RetentionCalendar.IsFinished(command.Day, now)) return DayOutcome.NotYet;
            var books = await ClosedBooks.ReadAsync(store, command.App, command.Day, ct);
            if (books.IsDeleted || (books.Day is not null && !command.Again)) return DayOutcome.WasDone;
            if (await EntriesOfDay.FindLastAsync(store, command.App, command.Day, ct) is not { } last) return DayOutcome.NothingThere;
            if (!await mediator.Send(new AwaitPosition(last.Position, [ProjectionNames.Entries, ProjectionNames.Heartbeats]), ct)) return DayOutcome.NotYet;
            var counted = await mediator.Send(new GetDayBooks(command.App, command.Day), ct);
            var signs = await mediator.Send(new GetClosedSigns(command.App), ct);
            if (!HasSeen(counted.AsOf, last) || !HasSeen(signs.AsOf, last)) return DayOutcome.NotYet; // one stopped on the way
            var end = books.End;
            foreach (var fact in BookPages.Of(command.Day, counted.Value, signs.Value, last.Revision, now))
                end = ExpectedRevision.At((await store.AppendAsync(StreamName.Stats(command.App), end, [fact], ct: ct)).Revision);
            return DayOutcome.Done;
        }

        private static bool HasSeen(AsOf readModel, RecordedEvent last) => readModel.Position >= last.Position;
    }
}

public enum DayOutcome
{
    Done,

    /// <summary>Before, perhaps by another process.</summary>
    WasDone,

    /// <summary>The day is not over for long enough, its plan keeps it, or the read models have not come that far.</summary>
    NotYet,

    /// <summary>Something of it was received after its books were closed: they have to be closed again.</summary>
    Changed,

    NothingThere,
}
