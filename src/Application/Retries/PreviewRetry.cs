using EventEngine.Application.Apps;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Retries;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.Options;

namespace EventEngine.Application.Retries;

/// <summary>What a retry of this selection would send, and where, if it were started now.</summary>
/// <exception cref="NotFoundException">The organization has no such app, or the app no such retry.</exception>
public sealed record PreviewRetry(OrganizationId Organization, AppId App, RetrySelection Selection) : IRequest<Answer<RetryPreview>>
{
    public sealed class Validator : AbstractValidator<PreviewRetry>
    {
        public Validator() => RuleFor(query => query.Selection).SetValidator(new RetrySelection.Validator());
    }

    internal sealed class Handler(IMediator mediator, IOptions<EventEngineOptions> options) : IRequestHandler<PreviewRetry, Answer<RetryPreview>>
    {
        public async Task<Answer<RetryPreview>> Handle(PreviewRetry query, CancellationToken ct)
        {
            var most = options.Value.Retries.MaxItems;
            var choice = await RetryChoice.MakeAsync(mediator, query.Organization, query.App, query.Selection, most, ct);
            var settings = await mediator.Send(new GetAppSettings(query.Organization, query.App), ct);
            var names = choice.Items.GroupBy(item => item.EventName, StringComparer.Ordinal).Select(group => new RetryNameCount(group.Key, group.Count()));
            return new Answer<RetryPreview>(
                new RetryPreview(
                    Math.Min(choice.Items.Count, most), choice.Items.Count > most, most, [.. names.OrderByDescending(name => name.Count).ThenBy(name => name.EventName, StringComparer.Ordinal)],
                    choice.UnderWay, choice.NotDead, settings.Value.CallbackUrl, choice.Describe(query.Selection), query.Selection.Kind, choice.AsOf.At),
                choice.AsOf);
        }
    }
}

/// <param name="Items">How many events would be sent; exact, unless there are too many.</param>
/// <param name="IsTooMany">More than <paramref name="MaxItems"/>, which is the most of one retry: it can't be started.</param>
/// <param name="UnderWay">Left out, because they are being retried already.</param>
/// <param name="NotDead">Left out, because they are not dead-lettered now.</param>
/// <param name="HeardBy">What was reported later was not counted.</param>
/// <param name="CallbackUrl">Where the app is asked; null: it has no callback address.</param>
public sealed record RetryPreview(
    int Items, bool IsTooMany, int MaxItems, IReadOnlyList<RetryNameCount> EventNames, int UnderWay, int NotDead, string? CallbackUrl, string SuggestedName, RetrySelectionKind Selection,
    DateTimeOffset? HeardBy)
{
    public bool CanStart => Items > 0 && !IsTooMany && CallbackUrl is not null;
}

public sealed record RetryNameCount(string EventName, int Count);
