using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EventEngine.Application.Entries;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Api;

internal sealed record DeadLetterParameters
{
    [Description("Only events of this name.")]
    [FromQuery(Name = "event_name")]
    public string? EventName { get; init; }

    [Description("Only events of this version.")]
    [FromQuery(Name = "version")]
    public int? Version { get; init; }

    [Description("Only this class of error.")]
    [FromQuery(Name = "error_class")]
    public string? ErrorClass { get; init; }

    [Description("Only this group: its fingerprint, as the list of groups gives it.")]
    [FromQuery(Name = "group")]
    public string? Group { get; init; }

    [Description("Beginning of the event id, or a part of the error's class or message.")]
    [FromQuery(Name = "q")]
    public string? Q { get; init; }

    [Description("At least that many attempts.")]
    [FromQuery(Name = "attempts")]
    public int? Attempts { get; init; }

    [Description("At most that many attempts.")]
    [FromQuery(Name = "attempts_max")]
    public int? AttemptsMax { get; init; }

    [Description("Time of death, inclusive, RFC 3339.")]
    [FromQuery(Name = "from")]
    public DateTimeOffset? From { get; init; }

    [Description("Time of death, exclusive, RFC 3339.")]
    [FromQuery(Name = "to")]
    public DateTimeOffset? To { get; init; }

    [Description("dead_lettered_at, event_name, error_class or attempts; descending with a leading dash. By default -dead_lettered_at.")]
    [FromQuery(Name = "sort")]
    public string? Sort { get; init; }

    [Description("next_cursor or previous_cursor of another page, with the same filters and order.")]
    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    [Description("Dead letters on a page.")]
    [Range(1, 500)]
    [DefaultValue(50)]
    [FromQuery(Name = "limit")]
    public int? Limit { get; init; }

    public DeadLetterCriteria Criteria => new(EventName, Version, ErrorClass, Attempts, AttemptsMax, From, To, Q, Group);
}

/// <summary>Events meet them, and only these are counted.</summary>
internal sealed record DeadLetterGroupParameters
{
    [Description("Only events of this name.")]
    [FromQuery(Name = "event_name")]
    public string? EventName { get; init; }

    [Description("Only events of this version.")]
    [FromQuery(Name = "version")]
    public int? Version { get; init; }

    [Description("Only this class of error.")]
    [FromQuery(Name = "error_class")]
    public string? ErrorClass { get; init; }

    [Description("Beginning of the event id, or a part of the error's class or message.")]
    [FromQuery(Name = "q")]
    public string? Q { get; init; }

    [Description("At least that many attempts.")]
    [FromQuery(Name = "attempts")]
    public int? Attempts { get; init; }

    [Description("At most that many attempts.")]
    [FromQuery(Name = "attempts_max")]
    public int? AttemptsMax { get; init; }

    [Description("Time of death, inclusive, RFC 3339.")]
    [FromQuery(Name = "from")]
    public DateTimeOffset? From { get; init; }

    [Description("Time of death, exclusive, RFC 3339.")]
    [FromQuery(Name = "to")]
    public DateTimeOffset? To { get; init; }

    [Description("new, ongoing, resolved, regressed or ignored; open: all but resolved and ignored; all. By default all but ignored.")]
    [FromQuery(Name = "state")]
    public string? State { get; init; }

    [Description("last_at, first_at, count or ever; descending with a leading dash. By default -last_at.")]
    [FromQuery(Name = "sort")]
    public string? Sort { get; init; }

    [Description("next_cursor or previous_cursor of another page, with the same filters and order.")]
    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    [Description("Groups on a page.")]
    [Range(1, 500)]
    [DefaultValue(50)]
    [FromQuery(Name = "limit")]
    public int? Limit { get; init; }

    public DeadLetterCriteria Criteria => new(EventName, Version, ErrorClass, Attempts, AttemptsMax, From, To, Q);
}

internal sealed record DeployParameters
{
    [Description("Time of the deploy, inclusive, RFC 3339.")]
    [FromQuery(Name = "from")]
    public DateTimeOffset? From { get; init; }

    [Description("Time of the deploy, exclusive, RFC 3339.")]
    [FromQuery(Name = "to")]
    public DateTimeOffset? To { get; init; }

    [Description("Deploys at most.")]
    [Range(1, 500)]
    [DefaultValue(50)]
    [FromQuery(Name = "limit")]
    public int? Limit { get; init; }
}
