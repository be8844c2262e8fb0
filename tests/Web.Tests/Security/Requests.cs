using System.Collections;
using System.Reflection;
using EventEngine.Application.AccessTokens;
using EventEngine.Application.Entries;
using EventEngine.Application.Retries;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.DeadLetters;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Web.Tests.Security;

/// <summary>The commands and queries that speak of an organization or an app, and a way to make one of each for anybody.</summary>
internal static class Requests
{
    private static readonly Dictionary<string, string> Texts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Url"] = "https://shop.example/events",
        ["EventName"] = Walk.Secret,
        ["Text"] = "secret",
        ["EventId"] = "7",
        ["Email"] = "someone@example.test",
        ["Group"] = "5f4dcc3b5aa765d6",
    };

    public static IReadOnlyList<Type> OfTenants { get; } =
        [.. typeof(ReadModels).Assembly.GetTypes().Where(type => !type.IsAbstract && IsRequest(type) && type.GetProperties().Any(IsOfATenant)).OrderBy(type => type.Name)];

    public static Type Named(string name) => OfTenants.Single(type => type.Name == name);

    public static bool Has<T>(Type request) => request.GetProperties().Any(property => property.PropertyType == typeof(T));

    public static object Make(Type request, Actor by, OrganizationId organization, AppId app)
    {
        var constructor = request.GetConstructors().MaxBy(made => made.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => Sample(parameter, by, organization, app))]);
    }

    /// <summary>Everything that an answer says, as one text.</summary>
    public static string Dump(object? value, int depth = 0) => value switch
    {
        null => "",
        string or Guid or DateTimeOffset or TimeSpan => value.ToString()!,
        AppId or OrganizationId => value.ToString()!,
        _ when value.GetType().IsPrimitive || value.GetType().IsEnum || depth > 8 => value.ToString()!,
        IEnumerable many => string.Join(' ', many.Cast<object?>().Select(one => Dump(one, depth + 1))),
        _ => string.Join(' ', value.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0).Select(property => Dump(property.GetValue(value), depth + 1))),
    };

    private static object? Sample(ParameterInfo parameter, Actor by, OrganizationId organization, AppId app)
    {
        var type = parameter.ParameterType;
        if (type == typeof(Actor)) return by;
        if (type == typeof(OrganizationId)) return organization;
        if (type == typeof(AppId)) return app;
        if (type == typeof(ReadOnlyMemory<byte>)) return new ReadOnlyMemory<byte>("[]"u8.ToArray());
        if (type == typeof(bool)) return false;
        if (parameter.HasDefaultValue) return parameter.DefaultValue;
        if (type == typeof(string)) return Texts.GetValueOrDefault(parameter.Name!, "sample");
        if (type == typeof(Guid)) return Guid.NewGuid();
        if (type == typeof(DateOnly)) return DateOnly.FromDateTime(DateTime.UtcNow);
        if (type == typeof(DateTimeOffset)) return DateTimeOffset.UtcNow.AddHours(-1);
        if (type == typeof(TimeSpan)) return TimeSpan.FromMinutes(5);
        if (type == typeof(int)) return 10;
        if (type == typeof(ApiKey)) return new ApiKey($"ee_live_{Guid.NewGuid():N}");
        if (type == typeof(AccessSecret)) return AccessSecret.Create();
        if (type == typeof(IReadOnlyCollection<ErrorFingerprint>)) return new[] { new ErrorFingerprint(1) };
        if (type == typeof(IReadOnlyCollection<CountedGroup>)) return new[] { new CountedGroup(new ErrorFingerprint(1), DateTimeOffset.UtcNow, 10) };
        if (type == typeof(IReadOnlyCollection<Permission>)) return new[] { Permission.Read };
        if (type == typeof(EventCriteria)) return new EventCriteria();
        if (type == typeof(DeadLetterCriteria)) return new DeadLetterCriteria();
        if (type == typeof(RetrySelection)) return new RetrySelection(EventIds: ["7"]);
        if (type == typeof(IReadOnlyCollection<string>)) return new[] { "7" };
        if (type == typeof(Role)) return Role.Member;
        return Nullable.GetUnderlyingType(type) is not null
            ? null
            : throw new NotSupportedException($"Say in Requests.cs what a sample of {type.Name} {parameter.Name} of {parameter.Member.DeclaringType!.Name} is.");
    }

    private static bool IsOfATenant(PropertyInfo property) =>
        property.PropertyType == typeof(Actor) || property.PropertyType == typeof(OrganizationId) || property.PropertyType == typeof(AppId);

    private static bool IsRequest(Type type) => type.GetInterfaces().Any(one => one == typeof(IRequest) || (one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IRequest<>)));
}
