using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using EventEngine.Application.EventStore;
using EventEngine.Domain.Apps;

namespace EventEngine.Web.Api;

/// <summary>How answers are written: snake_case, enums by name, ids and positions as text, times in UTC as in RFC 3339.</summary>
public static class ApiJson
{
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        options.Converters.Add(new TimeConverter());
        options.Converters.Add(new AppIdConverter());
        options.Converters.Add(new OrganizationIdConverter());
        options.Converters.Add(new PositionConverter());
    }

    private sealed class TimeConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        // Microseconds only where there are any: most reporters know milliseconds.
        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
        {
            var format = value.UtcTicks % TimeSpan.TicksPerMillisecond == 0 ? "yyyy-MM-ddTHH:mm:ss.fffZ" : "yyyy-MM-ddTHH:mm:ss.ffffffZ";
            writer.WriteStringValue(value.UtcDateTime.ToString(format, CultureInfo.InvariantCulture));
        }
    }

    private sealed class AppIdConverter : JsonConverter<AppId>
    {
        public override AppId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            AppId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("An app id is 32 hexadecimal digits.");

        public override void Write(Utf8JsonWriter writer, AppId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    private sealed class PositionConverter : JsonConverter<StorePosition>
    {
        public override StorePosition Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            StorePosition.TryParse(reader.GetString(), out var position) ? position : throw new JsonException("That is no position.");

        public override void Write(Utf8JsonWriter writer, StorePosition value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
