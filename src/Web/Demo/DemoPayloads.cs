using System.Text.Json.Nodes;

namespace EventEngine.Web.Demo;

/// <summary>What the simulated events carry: the same for an id each time, as a row of an outbox would be.</summary>
internal static class DemoPayloads
{
    private static readonly Dictionary<string, string> Fields = new(StringComparer.Ordinal)
    {
        ["order.placed v2"] = "order_id total currency customer_email coupon",
        ["order.placed v3"] = "order_id total currency customer_id coupon lines",
        ["order.shipped"] = "order_id carrier parcel_count",
        ["order.cancelled"] = "order_id reason",
        ["customer.registered"] = "customer_id country newsletter",
        ["cart.abandoned"] = "cart_id total",
        ["payment.captured v1"] = "payment_id amount",
        ["payment.captured v2"] = "payment_id amount currency method",
        ["payment.failed"] = "payment_id code retryable",
        ["refund.issued"] = "refund_id payment_id amount",
        ["invoice.issued"] = "invoice_id customer_id total currency lines",
        ["product_imported"] = "sku title price",
        ["price_changed"] = "sku old_price new_price",
        ["import_finished"] = "import_id rows failed",
        ["stock.reserved"] = "sku quantity order_id",
        ["stock.released"] = "sku quantity",
        ["parcel.packed"] = "parcel_id weight",
        ["mail.sent v1"] = "mail_id template",
        ["mail.sent v2"] = "mail_id template_id locale",
        ["push.sent"] = "push_id device",
        ["mail.bounced"] = "mail_id reason",
    };

    /// <param name="emitted">The entry with which the event was reported first.</param>
    public static JsonObject Of(JsonObject emitted)
    {
        var (id, name, version) = ((long)emitted["event_id"]!, (string)emitted["event_name"]!, (int)emitted["event_version"]!);
        var random = new Random(HashCode(id));
        var fields = Fields.GetValueOrDefault($"{name} v{version}") ?? Fields.GetValueOrDefault(name) ?? "note";
        return new JsonObject
        {
            ["id"] = id,
            ["event_name"] = name,
            ["event_version"] = version,
            ["payload"] = new JsonObject(fields.Split(' ').Select(field => KeyValuePair.Create(field, Value(field, (string)emitted["aggregate_id"]!, random)))),
            ["metadata"] = new JsonObject { ["request_id"] = $"{random.NextInt64():x16}", ["actor"] = $"user-{random.Next(100, 999)}", ["occurred_at"] = emitted["timestamp"]!.DeepClone() },
        };
    }

    private static JsonNode? Value(string field, string aggregate, Random random) => field switch
    {
        "total" or "amount" or "price" or "old_price" or "new_price" => $"{random.Next(400, 40_000) / 100m:0.00}",
        "currency" => Any(random, "EUR", "EUR", "USD", "CHF"),
        "coupon" => random.Next(4) == 0 ? Any(random, "WELCOME10", "NOVEMBER") : null,
        "customer_email" => $"customer{random.Next(1000, 9999)}@mail.example",
        "lines" => new JsonArray([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => (JsonNode)new JsonObject { ["sku"] = Sku(random), ["quantity"] = random.Next(1, 5), ["unit_price"] = $"{random.Next(400, 9_000) / 100m:0.00}" })]),
        "carrier" => Any(random, "DHL", "Post", "UPS"),
        "reason" => Any(random, "ordered twice", "mailbox full", "no longer wanted"),
        "country" => Any(random, "DE", "AT", "CH", "FR"),
        "newsletter" or "retryable" => random.Next(2) == 0,
        "method" => Any(random, "card", "sepa_debit", "paypal"),
        "code" => Any(random, "card_declined", "insufficient_funds", "expired_card"),
        "title" => Any(random, "Desk lamp, black", "Oak shelf 80 cm", "Kettle 1.7 l"),
        "template" or "template_id" => Any(random, "order_confirmation", "parcel_on_its_way", "password_reset"),
        "locale" => Any(random, "de", "en", "fr"),
        "device" => Any(random, "ios", "android"),
        "sku" => Sku(random),
        "quantity" or "parcel_count" => random.Next(1, 9),
        "weight" => random.Next(120, 9_800),
        "rows" => random.Next(200, 9_000),
        "failed" => random.Next(0, 12),
        _ when field.EndsWith("_id", StringComparison.Ordinal) => field == "customer_id" || field == "payment_id" ? random.Next(1000, 9999) : int.Parse(aggregate),
        _ => "nothing more was kept of it",
    };

    private static string Sku(Random random) => $"SKU-{random.Next(10_000, 99_999)}";

    private static string Any(Random random, params string[] values) => values[random.Next(values.Length)];

    private static int HashCode(long id) => unchecked((int)(id ^ (id >> 32)) * 397);
}
