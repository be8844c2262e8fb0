using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using EventEngine.Domain.Shared;

namespace EventEngine.Architecture.Tests;

public sealed partial class FactTests
{
    private static readonly Type[] Facts = [.. typeof(IFact).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IFact)))];

    [Fact]
    public void There_are_facts() => Facts.ShouldNotBeEmpty();

    [Fact]
    public void They_are_sealed_records() => Facts.Where(type => !type.IsSealed || type.GetMethod("<Clone>$") is null).ShouldBeEmpty();

    [Fact]
    public void They_never_change()
    {
        var changing = from fact in Facts
                       from property in fact.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
                       where CanBeSet(property) || IsMutable(property.PropertyType)
                       select $"{fact.Name}.{property.Name}";

        changing.ShouldBeEmpty();
    }

    [Fact]
    public void They_have_a_stable_name_with_a_version()
    {
        foreach (var fact in Facts)
            (fact.GetCustomAttribute<FactTypeAttribute>()?.Name ?? "").ShouldMatch(NameWithVersion().ToString(), fact.FullName);
    }

    private static bool CanBeSet(PropertyInfo property) =>
        property.SetMethod is { } set && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static bool IsMutable(Type type) =>
        type.IsArray || (type.IsGenericType && type is { IsInterface: false, IsValueType: false } && type.Namespace == "System.Collections.Generic");

    [GeneratedRegex("^[A-Z][A-Za-z]+\\.v[1-9][0-9]*$", RegexOptions.None, 1000)]
    private static partial Regex NameWithVersion();
}
