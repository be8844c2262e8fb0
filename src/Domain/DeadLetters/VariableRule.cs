using System.Text.RegularExpressions;

namespace EventEngine.Domain.DeadLetters;

/// <summary>One kind of thing that varies between messages of the same error. The rules are tried in their order, at every beginning of a word.</summary>
/// <param name="Name">For people.</param>
/// <param name="Example">What is taken for one.</param>
/// <param name="Becomes">What stands in its place.</param>
public sealed record VariableRule(string Name, string Example, string Becomes)
{
    // Without backtracking, and from the place in question on: what a message costs is bounded whatever is in it.
    private const RegexOptions Bounded = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private Regex[] _forms = [];

    private Func<ReadOnlySpan<char>, bool> _accepts = _ => true;

    /// <summary>After which the thing would go on if a word followed.</summary>
    private string _joints = "";

    /// <summary>All of them, as pages show them.</summary>
    public static IReadOnlyList<VariableRule> All { get; } =
    [
        new("Quoted text", "\"order 17\", 'eu-west-1'", "\"*\", '*'"),
        new("Query of a URL", "?page=3&token=x", "?*"),
        Rule("E-mail address", "jo@example.org", @"[0-9A-Za-z._%+-]{1,64}@[0-9A-Za-z-]{1,63}(\.[0-9A-Za-z-]{1,63}){1,8}") with { _joints = ".-" },
        Rule(
            "Date or time", "2026-11-20T14:03:07Z, 14:03:07.250",
            @"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?)?( ?(Z|UTC|GMT|[+-]\d{2}:?\d{2}))?",
            @"\d{1,2}:\d{2}:\d{2}([.,]\d{1,9})?",
            @"(Mon|Tue|Wed|Thu|Fri|Sat|Sun),? \d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2}( (GMT|UTC|[+-]\d{4}))?"),
        Rule("UUID", "550e8400-e29b-41d4-a716-446655440000", "[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"),
        Rule("IP address, with its port", "10.0.3.7:5432, fe80::1", @"\d{1,3}(\.\d{1,3}){3}(:\d{1,5})?"),
        Rule("IP address, with its port", "", "([0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}") with { _accepts = text => text.ContainsAnyInRange('0', '9') },
        Rule("Hexadecimal number of 8 digits or more, or after 0x", "0x00007f3a, 9fceb02d0ae598e9", "0x[0-9A-Fa-f]{1,64}", "[0-9A-Fa-f]{8,}"),
        Rule("Identifier: 8 or more letters and digits, two of them digits", "Nf8sd9fSDf93", "[0-9A-Za-z]{8,}") with { _accepts = HasTwoDigits },
        new("Number, also inside a word", "1,024.50, web01", "*, web*"),
    ];

    /// <summary>How long the thing is that begins here.</summary>
    /// <returns>0 for none.</returns>
    public int LengthAt(ReadOnlySpan<char> text)
    {
        foreach (var form in _forms)
        {
            foreach (var match in form.EnumerateMatches(text))
            {
                if (Ends(text[match.Length..]) && _accepts(text[..match.Length])) return match.Length;
            }
        }

        return 0;
    }

    private bool Ends(ReadOnlySpan<char> after)
    {
        if (after.IsEmpty) return true;
        return !ErrorPattern.IsOfWord(after[0]) && !(_joints.Contains(after[0]) && after.Length > 1 && ErrorPattern.IsOfWord(after[1]));
    }

    private static VariableRule Rule(string name, string example, params string[] forms) =>
        new(name, example, "*") { _forms = Array.ConvertAll(forms, form => new Regex($@"\A({form})", Bounded)) };

    private static bool HasTwoDigits(ReadOnlySpan<char> text)
    {
        var digits = 0;
        foreach (var one in text) digits += char.IsAsciiDigit(one) ? 1 : 0;
        return digits >= 2;
    }
}
