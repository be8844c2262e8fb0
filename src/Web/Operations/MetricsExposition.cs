using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace EventEngine.Web.Operations;

/// <summary>
/// Prometheus' text exposition (version 0.0.4) of the meters below: counters and gauges as they are, histograms with fixed bounds.
/// The OpenTelemetry exporter for it does not restore here (docs/adr/0004).
/// </summary>
public sealed class MetricsExposition : IDisposable
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";
    private static readonly string[] Meters = ["EventEngine.", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];
    private readonly ConcurrentDictionary<Instrument, ConcurrentDictionary<string, Series>> _instruments = new();
    private readonly MeterListener _listener = new();

    public void Start()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Meters.Any(prefix => instrument.Meter.Name.StartsWith(prefix, StringComparison.Ordinal))) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.Start();
    }

    public string Render()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var (instrument, series) in _instruments.OrderBy(pair => NameOf(pair.Key), StringComparer.Ordinal))
        {
            var name = NameOf(instrument);
            if (instrument.Description is { Length: > 0 } help) text.Append("# HELP ").Append(name).Append(' ').Append(help.ReplaceLineEndings(" ")).Append('\n');
            text.Append("# TYPE ").Append(name).Append(' ').Append(TypeOf(instrument)).Append('\n');
            foreach (var (labels, values) in series) values.Render(text, name, labels);
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private static string NameOf(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_').Replace('-', '_').ToLowerInvariant();
        return IsCounter(instrument) ? name + "_total" : name;
    }

    private static bool IsCounter(Instrument instrument) =>
        instrument.GetType().Name is var type && type.Contains("Counter") && !type.Contains("UpDown");

    private static bool IsHistogram(Instrument instrument) => instrument.GetType().Name.StartsWith("Histogram", StringComparison.Ordinal);

    private static string TypeOf(Instrument instrument) => IsCounter(instrument) ? "counter" : IsHistogram(instrument) ? "histogram" : "gauge";

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty) return "";
        var text = new StringBuilder();
        foreach (var (key, value) in tags)
        {
            if (text.Length > 0) text.Append(',');
            var escaped = Convert.ToString(value, CultureInfo.InvariantCulture)?.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n");
            text.Append(key.Replace('.', '_')).Append("=\"").Append(escaped).Append('"');
        }

        return text.ToString();
    }

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var all = _instruments.GetOrAdd(instrument, _ => new ConcurrentDictionary<string, Series>(StringComparer.Ordinal));
        var series = all.GetOrAdd(Labels(tags), static (_, histogram) => new Series(histogram), IsHistogram(instrument));
        series.Record(value, adds: !instrument.IsObservable && instrument.GetType().Name.Contains("Counter"));
    }

    private sealed class Series(bool histogram)
    {
        private static readonly double[] Bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
        private readonly Lock _lock = new();
        private readonly long[] _buckets = histogram ? new long[Bounds.Length] : [];
        private double _value;
        private long _count;

        public void Record(double value, bool adds)
        {
            lock (_lock)
            {
                _value = adds || histogram ? _value + value : value;
                _count++;
                if (!histogram) return;
                var bucket = Array.FindIndex(Bounds, bound => value <= bound);
                if (bucket >= 0) _buckets[bucket]++;
            }
        }

        public void Render(StringBuilder text, string name, string labels)
        {
            lock (_lock)
            {
                if (histogram) RenderHistogram(text, name, labels);
                else Line(text, name, labels, _value);
            }
        }

        private static void Line(StringBuilder text, string name, string labels, double value)
        {
            text.Append(name);
            if (labels.Length > 0) text.Append('{').Append(labels).Append('}');
            text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
        }

        private void RenderHistogram(StringBuilder text, string name, string labels)
        {
            var prefix = labels.Length > 0 ? labels + "," : "";
            var below = 0L;
            for (var i = 0; i < Bounds.Length; i++)
            {
                below += _buckets[i];
                Line(text, name + "_bucket", $"{prefix}le=\"{Bounds[i].ToString(CultureInfo.InvariantCulture)}\"", below);
            }

            Line(text, name + "_bucket", prefix + "le=\"+Inf\"", _count);
            Line(text, name + "_sum", labels, _value);
            Line(text, name + "_count", labels, _count);
        }
    }
}
