using EventEngine.Application.Entries;
using EventEngine.Application.EventStore;
using EventEngine.Application.Pipeline;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Retries;
using EventEngine.Domain.Shared;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.Options;

namespace EventEngine.Application.Retries;

/// <summary>Asks an app to try dead letters again.</summary>
/// <param name="RetryId">Chosen by who asks: asking again with the same id starts nothing more.</param>
/// <param name="Expected">How many events were seen in the preview; when more match by now, nothing is started. Null: whatever matches.</param>
/// <returns>Where it was written; null when it had been started before.</returns>
/// <exception cref="DomainException">Nothing to retry, too much, more than was seen, or nowhere to ask.</exception>
/// <exception cref="NotFoundException">The organization has no such app.</exception>
public sealed record StartRetry(Actor By, AppId App, Guid RetryId, RetrySelection Selection, string? Name, int? Expected = null) : IRequest<StorePosition?>
{
    public const int LongestName = 100;

    public sealed class Validator : AbstractValidator<StartRetry>
    {
        public Validator()
        {
            RuleFor(command => command.Selection).SetValidator(new RetrySelection.Validator());
            RuleFor(command => command.Name).Must(name => name is null || (name.Trim().Length <= LongestName && StorableText.CanBeStored(name)))
                .WithMessage($"A name has at most {LongestName} characters.");
        }
    }

    internal sealed class Handler(IEventStore store, Tenancy tenancy, IMediator mediator, IOptions<EventEngineOptions> options, TimeProvider time)
        : IRequestHandler<StartRetry, StorePosition?>
    {
        private const int Attempts = 5;

        public async Task<StorePosition?> Handle(StartRetry command, CancellationToken ct)
        {
            var app = await tenancy.FindAppAsync(command.By, Permission.RetryEvents, command.App, ct);
            if (app.CallbackUrl is null) throw new DomainException("no_callback", "The app has no callback address: enter one in its settings, so that we know where to ask.");
            var listing = new RetryListing(store, command.App, command.RetryId);
            for (var attempt = 1; ; attempt++)
            {
                var (known, revision) = await ReadAsync(command.App, ct);
                if (known.Known.Contains(command.RetryId)) return null;
                var choice = await ChooseAsync(command, ct);
                await listing.WriteAsync(choice.Items, time.GetUtcNow(), ct);
                try
                {
                    var appended = await store.AppendAsync(StreamName.Retries(command.App), revision, [Request(command, choice)], Tenancy.About(command.By), ct);
                    return appended.Position;
                }
                catch (WrongRevisionException) when (attempt < Attempts)
                {
                    // somebody else's retry came first, perhaps of the same events: chosen anew without those
                }
            }
        }

        // What was asked for last must be in the read model before it is asked what is under way.
        private async Task<(AppRetries, ExpectedRevision)> ReadAsync(AppId app, CancellationToken ct)
        {
            var (state, revision, last) = (AppRetries.Initial, ExpectedRevision.NoStream, default(StorePosition?));
            await foreach (var recorded in store.ReadStreamAsync(StreamName.Retries(app), ct: ct))
            {
                state = AppRetries.Evolve(state, FactJson.Deserialize(recorded.Type, recorded.Data.Span));
                (revision, last) = (ExpectedRevision.At(recorded.Revision), recorded.Position);
            }

            if (last is { } position && !await mediator.Send(new AwaitPosition(position, [ProjectionNames.Retries]), ct))
                throw new DomainException("retries_behind", "The list of retries is not up to date just now. Nothing was started; please try again in a moment.");
            return (state, revision);
        }

        private async Task<RetryChoice> ChooseAsync(StartRetry command, CancellationToken ct)
        {
            var most = options.Value.Retries.MaxItems;
            var choice = await RetryChoice.MakeAsync(mediator, command.By.Organization, command.App, command.Selection, most, ct);
            if (choice.Items.Count > most)
                throw new DomainException("too_many_events", $"More than {most:N0} events match, which is the most of one retry. Nothing was started: narrow the filter, by time for example.");
            if (command.Expected is { } expected && choice.Items.Count > expected)
                throw new DomainException("selection_changed", $"{choice.Items.Count:N0} events match by now, {expected:N0} when you looked. Nothing was started: look again.");
            if (choice.Items.Count == 0)
                throw new DomainException("nothing_to_retry", "None of these events is dead-lettered and not being retried already: there is nothing to do.");
            return choice;
        }

        private RetryRequested Request(StartRetry command, RetryChoice choice)
        {
            var described = Cut(choice.Describe(command.Selection));
            var name = command.Name?.Trim() is { Length: > 0 } chosen ? chosen : described;
            return new RetryRequested(time.GetUtcNow(), command.RetryId, name, command.Selection.Kind, described, choice.Items.Count, command.By.PersonId, command.By.TokenId);
        }

        private static string Cut(string text) => text.Length <= LongestName ? text : $"{text[..(LongestName - 1)]}…";
    }
}
