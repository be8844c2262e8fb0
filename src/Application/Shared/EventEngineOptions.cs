using EventEngine.Application.Mail;
using EventEngine.Application.People;
using EventEngine.Application.Retries;
using EventEngine.Domain.Organizations;

namespace EventEngine.Application.Shared;

/// <summary>The settings under <c>EventEngine</c>; their names and defaults are a public interface (docs/settings.md).</summary>
public sealed class EventEngineOptions
{
    public const string Section = "EventEngine";

    /// <summary>Embedded Postgres and keys live here; relative paths start at the repository, or at the working directory outside one.</summary>
    public string DataDirectory { get; set; } = ".data";

    public string? KeysDirectory { get; set; }

    /// <summary>Origin for links in mails and <c>upgrade_url</c>; empty: the request's own.</summary>
    public string? PublicUrl { get; set; }

    public bool Demo { get; set; }

    /// <summary>E-mail addresses, separated by commas, of the people who may act on the pipeline: it serves all tenants.</summary>
    public string? Operators { get; set; }

    public IReadOnlyList<string> OperatorAddresses => Operators?.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries) ?? [];

    public EventStoreOptions EventStore { get; set; } = new();

    public PostgresOptions Postgres { get; set; } = new();

    public ProjectionsOptions Projections { get; set; } = new();

    public RetriesOptions Retries { get; set; } = new();

    public BootstrapOptions Bootstrap { get; set; } = new();

    public SmtpOptions Smtp { get; set; } = new();

    public GitHubOptions GitHub { get; set; } = new();

    public OutboundOptions Outbound { get; set; } = new();

    public PlansOptions Plans { get; set; } = new();

    public PlanLimits LimitsOf(Plan plan) => Plans.Of(plan);
}

public sealed class EventStoreOptions
{
    public const string Embedded = "Embedded", EventStoreDb = "EventStoreDB";

    public string Provider { get; set; } = Embedded;

    /// <summary><c>esdb://…</c> of EventStoreDB; the embedded store lives in Postgres and has none.</summary>
    public string? ConnectionString { get; set; }
}

public sealed class PostgresOptions
{
    /// <summary>Empty: the embedded server.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Where the embedded server's package is; empty: <c>node_modules</c> of the repository.</summary>
    public string? BinariesDirectory { get; set; }
}

public sealed class ProjectionsOptions
{
    public bool InProcess { get; set; } = true;
}

public sealed class OutboundOptions
{
    /// <summary>Networks in CIDR form, separated by commas, that customers' addresses may lead to although they are not public.</summary>
    public string? AllowedNetworks { get; set; }

    /// <summary>Whether customers' addresses may begin with http://, which anybody on the way can read.</summary>
    public bool PlainHttp { get; set; }
}

/// <summary>Created at first start if set: provisioning without a browser.</summary>
public sealed class BootstrapOptions
{
    public string? Organization { get; set; }

    public string? App { get; set; }

    public string? Environment { get; set; }

    public string? ApiKey { get; set; }

    public string? AccessToken { get; set; }

    public string? OwnerEmail { get; set; }

    public string? OwnerPassword { get; set; }

    public Plan Plan { get; set; } = Plan.Enterprise;
}

/// <summary>Limits of one plan; null is no limit.</summary>
public sealed class PlanLimits
{
    public int? RequestsPerMinute { get; set; }

    public long? EventsPerMonth { get; set; }

    public int? RetentionDays { get; set; }

    public int? Apps { get; set; }
}

public sealed class PlansOptions
{
    public PlanLimits Free { get; set; } = new() { RequestsPerMinute = 100, EventsPerMonth = 10_000, RetentionDays = 1, Apps = 1 };

    public PlanLimits Starter { get; set; } = new() { RequestsPerMinute = 1_000, EventsPerMonth = 100_000, RetentionDays = 7, Apps = 3 };

    public PlanLimits Pro { get; set; } = new() { RequestsPerMinute = 1_000, EventsPerMonth = 1_000_000, RetentionDays = 30, Apps = 10 };

    public PlanLimits Enterprise { get; set; } = new();

    public PlanLimits Of(Plan plan) => plan switch
    {
        Plan.Free => Free,
        Plan.Starter => Starter,
        Plan.Pro => Pro,
        Plan.Enterprise => Enterprise,
        _ => throw new ArgumentOutOfRangeException(nameof(plan), plan, null),
    };
}
