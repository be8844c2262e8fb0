using System.Collections.Frozen;
using System.Reflection;
using EventEngine.Domain.Shared;

namespace EventEngine.Application.EventStore;

/// <summary>The one map between stored type names and facts. It is built from the Domain assembly at start and refuses duplicates.</summary>
public static class FactTypes
{
    private static readonly FrozenDictionary<string, Type> ByName = Build(typeof(IFact).Assembly.GetTypes());
    private static readonly FrozenDictionary<Type, string> ByType = ByName.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    public static IEnumerable<string> Names => ByName.Keys;

    /// <exception cref="UnknownFactTypeException">The fact has no registered name.</exception>
    public static string NameOf(Type type) => ByType.TryGetValue(type, out var name) ? name : throw new UnknownFactTypeException(type.Name);

    /// <exception cref="UnknownFactTypeException">No fact has that name.</exception>
    public static Type TypeOf(string name) => ByName.TryGetValue(name, out var type) ? type : throw new UnknownFactTypeException(name);

    /// <exception cref="InvalidOperationException">Two facts share a name, or one has none.</exception>
    public static FrozenDictionary<string, Type> Build(IEnumerable<Type> types)
    {
        var map = new Dictionary<string, Type>(StringComparer.Ordinal);
        foreach (var type in types.Where(type => type.IsClass && type.IsAssignableTo(typeof(IFact))))
        {
            var name = type.GetCustomAttribute<FactTypeAttribute>()?.Name
                ?? throw new InvalidOperationException($"{type.FullName} is a fact without a [FactType] name.");
            if (!map.TryAdd(name, type)) throw new InvalidOperationException($"Two facts are called {name}: {map[name].FullName} and {type.FullName}.");
        }

        return map.ToFrozenDictionary(StringComparer.Ordinal);
    }
}

/// <summary>The store holds, or was given, a fact that this version does not know.</summary>
public sealed class UnknownFactTypeException(string name) : Exception($"No fact is registered as {name}.");
