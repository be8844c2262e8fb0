using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Deploys;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Deploys;

/// <summary>Marks that a version of an app went out.</summary>
/// <param name="DeployedAt">Null: now.</param>
/// <returns>Where it was written; null when it was known already.</returns>
/// <exception cref="NotFoundException">The organization has no such app.</exception>
public sealed record ReportDeploy(Actor By, AppId AppId, string Version, DateTimeOffset? DeployedAt = null, string? Revision = null, string? Link = null)
    : IRequest<StorePosition?>
{
    public sealed class Validator : AbstractValidator<ReportDeploy>
    {
        private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public Validator(TimeProvider time)
        {
            RuleFor(command => command.Version).Must(version => !string.IsNullOrWhiteSpace(version)).WithMessage("version is missing: what was deployed, such as 1.4.2.");
            RuleFor(command => command.Version).SearchText("version");
            RuleFor(command => command.Revision).SearchText("revision");
            RuleFor(command => command.DeployedAt).Must(at => at is null || (at >= Earliest && at <= time.GetUtcNow().AddHours(24)))
                .WithMessage("at lies between the year 2000 and tomorrow.");
            RuleFor(command => command.Link).MaximumLength(500).WithMessage("url has at most 500 characters.");
            RuleFor(command => command.Link).Must(link => link is null || IsWebAddress(link)).WithMessage("url is an address that begins with https:// or http://.");
        }

        private static bool IsWebAddress(string link) =>
            StorableText.CanBeStored(link) && Uri.TryCreate(link, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);
    }

    internal sealed class Handler(Tenancy tenancy, IEventStore store, TimeProvider time) : IRequestHandler<ReportDeploy, StorePosition?>
    {
        public async Task<StorePosition?> Handle(ReportDeploy command, CancellationToken ct)
        {
            await tenancy.FindAppAsync(command.By, Permission.ReportDeploys, command.AppId, ct);
            var appended = await store.DecideAsync(
                StreamName.Deploys(command.AppId), AppDeploys.Initial, AppDeploys.Evolve,
                deploys => deploys.Report(command.Version.Trim(), command.DeployedAt, command.Revision, command.Link, time.GetUtcNow()), Tenancy.About(command.By), ct);
            return appended?.Position;
        }
    }
}
