using EventEngine.Domain.DeadLetters;

namespace EventEngine.Application.DeadLetters;

/// <summary>Which groups are listed, by how they stand.</summary>
internal sealed record GroupFilter(string Name, params GroupState[] States)
{
    private static readonly GroupFilter Usual = new("", GroupState.New, GroupState.Ongoing, GroupState.Resolved, GroupState.Regressed);

    private static readonly GroupFilter[] All =
    [
        .. Enum.GetValues<GroupState>().Select(state => new GroupFilter(state.ToString().ToLowerInvariant(), state)),
        new("open", GroupState.New, GroupState.Ongoing, GroupState.Regressed),
        new("all", Enum.GetValues<GroupState>()),
    ];

    public static string Names => string.Join(", ", All.Select(filter => filter.Name));

    /// <returns>Null for a name that is none.</returns>
    public static GroupFilter? Named(string? name) => string.IsNullOrEmpty(name) ? Usual : Array.Find(All, filter => filter.Name == name);

    public bool Keeps(GroupState state) => States.Contains(state);
}
