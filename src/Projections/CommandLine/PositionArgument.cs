using System.CommandLine;
using System.CommandLine.Parsing;
using EventEngine.Application.EventStore;

namespace EventEngine.Projections.CommandLine;

/// <summary>Places of events in the store, as <c>status</c> and <c>parked</c> print them.</summary>
internal static class PositionArgument
{
    public static Argument<StorePosition[]> Create(string name, string description, ArgumentArity arity) =>
        new(name) { Description = description, Arity = arity, CustomParser = Parse };

    private static StorePosition[] Parse(ArgumentResult result)
    {
        var positions = new List<StorePosition>();
        foreach (var token in result.Tokens)
        {
            if (StorePosition.TryParse(token.Value, out var position)) positions.Add(position);
            else result.AddError($"{token.Value} is no position; one looks like 17-17.");
        }

        return [.. positions];
    }
}
