namespace EventEngine.Application.Mail;

/// <summary>
/// What a letter says; both of its forms are made from this. Every text may come from people: it is escaped here, and line ends and other
/// control characters in it become spaces, so that nobody writes headers or paragraphs of their own into it.
/// </summary>
public sealed record LetterContent(string Subject, string Heading, params string[] Paragraphs)
{
    private const int LongestSubject = 200;

    /// <summary>The one thing to do; null: nothing.</summary>
    public LetterLink? Link { get; init; }

    /// <summary>Small print at the end: why this letter came.</summary>
    public string? Footnote { get; init; }

    public Letter To(string address)
    {
        var lines = this with
        {
            Heading = OnOneLine(Heading),
            Paragraphs = [.. Paragraphs.Select(OnOneLine)],
            Footnote = Footnote is null ? null : OnOneLine(Footnote),
        };
        return new Letter(address, Shortened(OnOneLine(Subject)), LetterText.Of(lines), LetterHtml.Of(lines));
    }

    private static string OnOneLine(string text) => string.Concat(text.Select(character => IsBreak(character) ? ' ' : character)).Trim();

    private static string Shortened(string line)
    {
        if (line.Length <= LongestSubject) return line;
        var end = char.IsHighSurrogate(line[LongestSubject - 2]) ? LongestSubject - 2 : LongestSubject - 1;
        return line[..end] + "…";
    }

    private static bool IsBreak(char character) => char.IsControl(character) || character is '\u2028' or '\u2029';
}

/// <param name="Address">Absolute.</param>
public sealed record LetterLink(string Text, string Address);
