using EventEngine.Application.EventStore;
using EventEngine.Application.Mail;
using EventEngine.Application.Organizations;
using EventEngine.Application.Shared;
using EventEngine.Domain.Billing;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using MediatR;
using Microsoft.Extensions.Options;

namespace EventEngine.Application.Billing;

/// <summary>
/// Tells owners and admins that the plan's events run out: once for each threshold, however many processes ask. The one whose claim is
/// first in the store queues the mails, and then says so; should it die before that, another takes over.
/// </summary>
/// <returns>Whether this call queued the mails.</returns>
public sealed record WarnOfQuota(QuotaReached Reached) : IRequest<bool>
{
    internal sealed class Handler(IEventStore store, IMediator mediator, IMailQueue mails, IOptions<EventEngineOptions> options, TimeProvider time)
        : IRequestHandler<WarnOfQuota, bool>
    {
        public async Task<bool> Handle(WarnOfQuota command, CancellationToken ct)
        {
            var reached = command.Reached;
            QuotaWarned? taken = null;
            await DecideAsync(reached, state =>
            {
                var facts = state.Warn(reached.Used, reached.Limit, time.GetUtcNow());
                taken = facts.OfType<QuotaWarned>().SingleOrDefault();
                return facts;
            }, ct);
            if (taken is null) return false;
            await QueueMailsAsync(reached, taken.Percent, ct);
            await DecideAsync(reached, state => state.Queue(taken.Percent, reached.Limit, time.GetUtcNow()), ct);
            return true;
        }

        private Task<AppendResult?> DecideAsync(
            QuotaReached reached, Func<QuotaWarnings, IReadOnlyCollection<IFact>> decide, CancellationToken ct) => store.DecideAsync(
            StreamName.Usage(reached.Organization, reached.Month), QuotaWarnings.Initial, QuotaWarnings.Evolve, decide, ct: ct);

        private async Task QueueMailsAsync(QuotaReached reached, int percent, CancellationToken ct)
        {
            var organization = await mediator.Send(new GetOrganization(reached.Organization), ct);
            var letter = QuotaLetter.Write(organization.Value.Name, reached, percent, options.Value.PublicUrl?.TrimEnd('/'));
            foreach (var address in await mediator.Send(new ListAddresses(reached.Organization, Role.Admin), ct)) await mails.EnqueueAsync(letter.To(address), ct);
        }
    }
}
