using EventEngine.Application.Entries;
using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Retention;
using EventEngine.Domain.Shared;
using MediatR;
using Microsoft.Extensions.Options;

namespace EventEngine.Application.Retention;

/// <summary>
/// Lets the entries of a day go, if its books and those of the next day are closed and the plan, asked now, does not keep it. That it is
/// gone is a fact before it is true: a process that dies in between leaves a stream that the next run deletes.
/// </summary>
/// <exception cref="WrongRevisionException">Another process writes this app's books just now.</exception>
public sealed record DeleteDay(OrganizationId Organization, AppId App, DateOnly Day) : IRequest<DayOutcome>
{
    internal sealed class Handler(IEventStore store, IMediator mediator, IOptions<EventEngineOptions> options, TimeProvider time)
        : IRequestHandler<DeleteDay, DayOutcome>
    {
        public async Task<DayOutcome> Handle(DeleteDay command, CancellationToken ct)
        {
            var (app, day, now) = (command.App, command.Day, time.GetUtcNow());
            var books = await ClosedBooks.ReadAsync(store, app, day, ct);
            var last = await EntriesOfDay.FindLastAsync(store, app, day, ct);
            if (books.IsDeleted) return await DeleteStreamAsync(app, day, books.Day, last, ct);
            if (books.Day is not { } closed || !await MayGoAsync(command, now, ct)) return DayOutcome.NotYet;
            var hasNext = await EntriesOfDay.FindLastAsync(store, app, day.AddDays(1), ct) is not null;
            if ((hasNext && !books.IsNextClosedSince) || (last is not null && last.Revision != closed.Revision)) return DayOutcome.Changed;
            var gone = await mediator.Send(new CountForgotten(app, day), ct);
            var fact = new DayDeleted(now, day, gone.Events, gone.Pending, gone.Published, gone.DeadLettered, gone.LatencyCount, gone.LatencySumUs);
            await store.AppendAsync(StreamName.Stats(app), books.End, [fact], ct: ct);
            await DeleteStreamAsync(app, day, closed, last, ct);
            return DayOutcome.Done;
        }

        private async Task<bool> MayGoAsync(DeleteDay command, DateTimeOffset now, CancellationToken ct)
        {
            var organization = await store.FoldAsync(StreamName.Organization(command.Organization), Domain.Organizations.Organization.Initial, Domain.Organizations.Organization.Evolve, ct);
            return organization.Exists
                && RetentionCalendar.HasExpired(command.Day, options.Value.LimitsOf(organization.Plan).RetentionDays, now)
                && RetentionCalendar.IsFinished(command.Day.AddDays(1), now);
        }

        // Only what was counted: anything that came later stays, and is seen.
        private async Task<DayOutcome> DeleteStreamAsync(AppId app, DateOnly day, DayClosed? closed, RecordedEvent? last, CancellationToken ct)
        {
            if (last is null) return DayOutcome.WasDone;
            if (closed?.Revision != last.Revision) return DayOutcome.Changed;
            await store.DeleteStreamAsync(StreamName.Entries(app, day), ExpectedRevision.At(last.Revision), ct: ct);
            return DayOutcome.Done;
        }
    }
}
