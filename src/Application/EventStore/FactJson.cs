using System.Text.Json;
using System.Text.Json.Serialization;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Billing;
using EventEngine.Domain.Callbacks;
using EventEngine.Domain.DeadLetters;
using EventEngine.Domain.Deploys;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Heartbeats;
using EventEngine.Domain.Ingestion;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Retention;
using EventEngine.Domain.Retries;
using EventEngine.Domain.Schemas;
using EventEngine.Domain.Shared;

namespace EventEngine.Application.EventStore;

/// <summary>How facts are written: snake_case, enums by name, nulls left out.</summary>
public static class FactJson
{
    public static byte[] Serialize(IFact fact) => JsonSerializer.SerializeToUtf8Bytes(fact, fact.GetType(), FactJsonContext.Default);

    /// <exception cref="UnknownFactTypeException">The type is not registered.</exception>
    /// <exception cref="JsonException">The data is not what the type says.</exception>
    public static IFact Deserialize(string type, ReadOnlySpan<byte> data) =>
        (IFact)(JsonSerializer.Deserialize(data, FactTypes.TypeOf(type), FactJsonContext.Default) ?? throw new JsonException($"{type} is null."));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    Converters = [typeof(SnakeCaseEnum<EntryStatus>), typeof(SnakeCaseEnum<Plan>), typeof(SnakeCaseEnum<Role>), typeof(SnakeCaseEnum<Permission>), typeof(SnakeCaseEnum<DefinitionSource>), typeof(SnakeCaseEnum<CompatibilityMode>), typeof(SnakeCaseEnum<RetrySelectionKind>), typeof(SnakeCaseEnum<RetryOutcome>), typeof(SnakeCaseEnum<RetryStopCause>), typeof(OrganizationIdConverter), typeof(AppIdConverter)])]
[JsonSerializable(typeof(BatchReceived))]
[JsonSerializable(typeof(EntryReported))]
[JsonSerializable(typeof(EntryRejected))]
[JsonSerializable(typeof(EntriesRefused))]
[JsonSerializable(typeof(HeartbeatReceived))]
[JsonSerializable(typeof(SchemaFingerprintSeen))]
[JsonSerializable(typeof(SchemaDefinitionReported))]
[JsonSerializable(typeof(CompatibilityModeChanged))]
[JsonSerializable(typeof(AppRegistered))]
[JsonSerializable(typeof(AppRenamed))]
[JsonSerializable(typeof(AppDeleted))]
[JsonSerializable(typeof(AppErased))]
[JsonSerializable(typeof(CallbackConfigured))]
[JsonSerializable(typeof(InFlightLimitSet))]
[JsonSerializable(typeof(ApiKeyIssued))]
[JsonSerializable(typeof(ApiKeyRevoked))]
[JsonSerializable(typeof(PayloadViewed))]
[JsonSerializable(typeof(OrganizationCreated))]
[JsonSerializable(typeof(OrganizationRenamed))]
[JsonSerializable(typeof(OrganizationDisabled))]
[JsonSerializable(typeof(OrganizationEnabled))]
[JsonSerializable(typeof(SlugClaimed))]
[JsonSerializable(typeof(PlanChanged))]
[JsonSerializable(typeof(AppAdded))]
[JsonSerializable(typeof(AppRemoved))]
[JsonSerializable(typeof(MemberInvited))]
[JsonSerializable(typeof(InvitationResent))]
[JsonSerializable(typeof(InvitationRevoked))]
[JsonSerializable(typeof(InvitationAccepted))]
[JsonSerializable(typeof(MemberJoined))]
[JsonSerializable(typeof(RoleChanged))]
[JsonSerializable(typeof(MemberRemoved))]
[JsonSerializable(typeof(MemberLeft))]
[JsonSerializable(typeof(OwnershipTransferred))]
[JsonSerializable(typeof(AccessTokenIssued))]
[JsonSerializable(typeof(AccessTokenRevoked))]
[JsonSerializable(typeof(HoursClosed))]
[JsonSerializable(typeof(DayClosed))]
[JsonSerializable(typeof(DayDeleted))]
[JsonSerializable(typeof(QuotaWarned))]
[JsonSerializable(typeof(QuotaWarningQueued))]
[JsonSerializable(typeof(RetryRequested))]
[JsonSerializable(typeof(RetryContinued))]
[JsonSerializable(typeof(RetryCancelled))]
[JsonSerializable(typeof(RetryItemsListed))]
[JsonSerializable(typeof(RetryTaken))]
[JsonSerializable(typeof(RetrySending))]
[JsonSerializable(typeof(RetryAnswered))]
[JsonSerializable(typeof(RetryPaused))]
[JsonSerializable(typeof(RetryResumed))]
[JsonSerializable(typeof(RetryWentOffline))]
[JsonSerializable(typeof(RetryCameBack))]
[JsonSerializable(typeof(RetryStopped))]
[JsonSerializable(typeof(RetryFinished))]
[JsonSerializable(typeof(RetryConfirmed))]
[JsonSerializable(typeof(ErrorGroupResolved))]
[JsonSerializable(typeof(ErrorGroupIgnored))]
[JsonSerializable(typeof(ErrorGroupReopened))]
[JsonSerializable(typeof(DeployReported))]
[JsonSerializable(typeof(FactMetadata))]
public sealed partial class FactJsonContext : JsonSerializerContext;

public sealed class SnakeCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) where T : struct, Enum;

public sealed class OrganizationIdConverter : JsonConverter<OrganizationId>
{
    public override OrganizationId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        OrganizationId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("An organization id is 32 hexadecimal digits.");

    public override void Write(Utf8JsonWriter writer, OrganizationId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

public sealed class AppIdConverter : JsonConverter<AppId>
{
    public override AppId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        AppId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("An app id is 32 hexadecimal digits.");

    public override void Write(Utf8JsonWriter writer, AppId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
