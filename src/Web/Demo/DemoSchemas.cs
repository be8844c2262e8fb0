using System.Text.Json.Nodes;
using EventEngine.Domain.Schemas;

namespace EventEngine.Web.Demo;

/// <summary>
/// What the simulated apps say their events are made of. Some changes break consumers, one fingerprint is not that of its definition, one
/// version was never emitted and one event is not defined at all: so that there is something to find.
/// </summary>
internal static class DemoSchemas
{
    private const string Stale = "1dd4d04e71fd53ef48f71b300aa5d78fd2a137a7a66404726019e7d2c2fd6861";

    // Fields: "total" is required and taken from the input of the second word, "coupon?" is optional, "total=total_cents" has another source.
    private static readonly (string App, string Event, int Version, string Input, string Fields)[] Rows =
    [
        ("shop", "order.placed", 1, "order", "order_id=id total customer_email"),
        ("shop", "order.placed", 2, "order", "order_id=id total currency customer_email coupon?"),
        ("shop", "order.placed", 3, "order", "order_id=id total=total_cents currency customer_id coupon?"),
        ("shop", "order.shipped", 1, "order", "order_id=id carrier parcel_count"),
        ("shop", "order.cancelled", 1, "order", "order_id=id"),
        ("shop", "order.cancelled", 2, "order", "order_id=id reason?"),
        ("shop", "customer.registered", 1, "customer", "customer_id=id country newsletter?"),
        ("shop", "cart.abandoned", 1, "cart", "cart_id=id total"),
        ("shop", "cart.abandoned", 2, "cart", "cart_id=id total items"),
        ("shop", "mail.sent", 1, "mail", "mail_id=id template"),
        ("payments", "payment.captured", 1, "payment", "payment_id=id amount"),
        ("payments", "payment.captured", 2, "payment", "payment_id=id amount currency method?"),
        ("payments", "payment.failed", 1, "payment", "payment_id=id code"),
        ("payments", "payment.failed", 2, "payment", "payment_id=id code retryable?"),
        ("payments", "refund.issued", 1, "refund", "refund_id=id payment_id amount"),
        ("importer", "product_imported", 1, "product", "sku title price?"),
        ("importer", "price_changed", 1, "product", "sku old_price new_price=price"),
        ("importer", "import_finished", 1, "import", "import_id=id rows failed?"),
        ("warehouse", "stock.reserved", 1, "item", "sku quantity bin?"),
        ("warehouse", "stock.reserved", 2, "item", "sku quantity order_id?"),
        ("warehouse", "stock.released", 1, "item", "sku quantity"),
        ("warehouse", "parcel.packed", 1, "parcel", "parcel_id=id weight=weight_g"),
        ("notifications", "mail.sent", 1, "mail", "mail_id=id template"),
        ("notifications", "mail.sent", 2, "mail", "mail_id=id template_id locale?"),
        ("notifications", "push.sent", 1, "push", "push_id=id device"),
        ("notifications", "mail.bounced", 1, "mail", "mail_id=id reason"),
    ];

    /// <summary>As the gem's db/event_schema.json has them.</summary>
    public static JsonArray DefinitionsOf(DemoApp app) => new([.. Of(app).Select(Json)]);

    /// <summary>Of the newest version of each event.</summary>
    public static JsonObject FingerprintsOf(DemoApp app) =>
        new(Of(app).GroupBy(definition => definition.EventName).Select(versions => KeyValuePair.Create(versions.Key, (JsonNode?)Reported(versions.MaxBy(each => each.EventVersion)!))));

    private static IEnumerable<SchemaDefinition> Of(DemoApp app) =>
        Rows.Where(row => row.App == app.Name).Select(row => new SchemaDefinition(
            row.Event, row.Version, "domain", "durable", null, app.Name, [row.Input], [], [.. row.Fields.Split(' ').Select(field => Field(field, row.Input))]));

    private static PayloadField Field(string text, string input)
    {
        var parts = text.TrimEnd('?').Split('=');
        return new PayloadField(parts[0], input, parts[^1], Required: !text.EndsWith('?'));
    }

    private static string Reported(SchemaDefinition definition) => definition.EventName == "price_changed" ? Stale : definition.Fingerprint();

    private static JsonObject Json(SchemaDefinition definition) => new()
    {
        ["event_name"] = definition.EventName,
        ["event_version"] = definition.EventVersion,
        ["event_type"] = definition.EventType,
        ["process_type"] = definition.ProcessType,
        ["subject"] = definition.Subject,
        ["domain"] = definition.Domain,
        ["required_inputs"] = new JsonArray([.. definition.RequiredInputs.Select(name => JsonValue.Create(name))]),
        ["optional_inputs"] = new JsonArray(),
        ["payload_fields"] = new JsonArray([.. definition.PayloadFields.Select(field => new JsonObject { ["name"] = field.Name, ["from"] = field.From, ["attr"] = field.Attr, ["required"] = field.Required })]),
        ["fingerprint"] = Reported(definition),
    };
}
