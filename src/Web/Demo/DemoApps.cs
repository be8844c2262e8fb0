namespace EventEngine.Web.Demo;

/// <summary>Five apps of different temper.</summary>
public static class DemoApps
{
    private static readonly DemoError Timeout = new("Net::ReadTimeout", "Broker kafka-{0}.internal:9092 did not answer within 5 s");
    private static readonly DemoError Rejected = new("Kafka::DeliveryFailed", "Failed to send message {0} to events.payments: leader not available");
    private static readonly DemoError Serialization = new("JSON::GeneratorError", "source sequence is illegal/malformed utf-8 in field note of order {0}");

    public static IReadOnlyList<DemoApp> All { get; } =
    [
        new("shop", "production",
            [new("order.placed", 2, 0.8, "Order"), new("order.placed", 3, 5.2, "Order"), new("order.shipped", 1, 4, "Order"), new("order.cancelled", 2, 0.4, "Order"), new("customer.registered", 1, 1.5, "Customer"), new("cart.abandoned", 1, 2, "Cart"), new("mail.sent", 1, 1.2, "Mail")],
            [Serialization, Timeout],
            at => 26 * DayWave(at),
            _ => TimeSpan.FromMilliseconds(38),
            _ => 0.0006,
            _ => true,
            TimeSpan.FromMinutes(430)),
        new("payments", "production",
            [new("payment.captured", 1, 0.5, "Payment"), new("payment.captured", 2, 5.5, "Payment"), new("payment.failed", 2, 0.6, "Payment"), new("refund.issued", 1, 0.3, "Refund"), new("invoice.issued", 1, 3, "Invoice")],
            [Rejected, Timeout],
            at => 11 * DayWave(at),
            at => TimeSpan.FromMilliseconds(IsFailing(at) ? 900 : 62),
            at => IsFailing(at) ? 0.22 : 0.004,
            _ => true,
            TimeSpan.FromMinutes(610)),
        new("importer", "production",
            [new("product_imported", 1, 9, "Product"), new("price_changed", 1, 4, "Product"), new("import_finished", 1, 0.05, "Import")],
            [Serialization],
            at => at.Minute % 15 < 2 ? 60 : 0.6,
            _ => TimeSpan.FromSeconds(1.2),
            _ => 0.002,
            _ => true,
            TimeSpan.FromMinutes(2_170),
            IsRubyShaped: true),
        new("warehouse", "production",
            [new("stock.reserved", 2, 5, "StockItem"), new("stock.released", 1, 2, "StockItem"), new("parcel.packed", 1, 3, "Parcel")],
            [Timeout],
            at => 7 * DayWave(at),
            at => TimeSpan.FromSeconds(at.Hour % 3 == 1 ? 45 + (at.Minute * 2) : 4),
            _ => 0.003,
            _ => true,
            TimeSpan.FromMinutes(1_210),
            LosesOneIn: 997),
        new("notifications", "staging",
            [new("mail.sent", 2, 8, "Mail"), new("push.sent", 1, 3, "Push"), new("mail.bounced", 1, 0.4, "Mail")],
            [Timeout],
            at => 6 * DayWave(at),
            _ => TimeSpan.FromMilliseconds(120),
            _ => 0.001,
            since => since < TimeSpan.FromMinutes(2) || since.Ticks % TimeSpan.FromMinutes(20).Ticks < TimeSpan.FromMinutes(5).Ticks,
            TimeSpan.FromMinutes(310)),
    ];

    /// <summary>Busiest in the early afternoon (UTC), a third of that at night.</summary>
    private static double DayWave(DateTimeOffset at) => 1 + (0.5 * Math.Sin(((at.TimeOfDay.TotalHours - 8) / 24) * 2 * Math.PI));

    /// <summary>The broker of payments is away for ten minutes every two hours.</summary>
    private static bool IsFailing(DateTimeOffset at) => at.Hour % 2 == 1 && at.Minute is >= 20 and < 30;
}
