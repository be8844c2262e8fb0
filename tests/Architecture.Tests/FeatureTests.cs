using System.Reflection;
using EventEngine.Application.Shared;
using MediatR;

namespace EventEngine.Architecture.Tests;

public sealed class FeatureTests
{
    /// <summary>Whose is whose is decided in one place for all queries, and in one for all that reporters send: by key, on the hot path.</summary>
    private static readonly (string File, string Table)[] Exceptions =
    [
        ("Application/Shared/ReadModels.cs", "views.apps"),
        ("Application/Shared/ReadModels.cs", "views.checkpoints"),
        ("Application/Shared/ReadModels.cs", "views.organizations"),
        ("Application/Shared/ReadModels.cs", "views.gate"),
        ("Application/Shared/ReadModels.cs", "app.rebuilds"),
        ("Infrastructure/Ingestion/PostgresReporterDirectory.cs", "app.api_keys"),
        ("Infrastructure/Ingestion/PostgresReporterDirectory.cs", "views.apps"),
        ("Infrastructure/Ingestion/PostgresReporterDirectory.cs", "views.organizations"),
    ];

    [Fact]
    public void Features_speak_only_of_their_own_tables()
    {
        var strangers = from file in Sources.CSharp
                        where !IsEngine(file)
                        from table in Tables.NamedIn(file).Distinct()
                        let owner = Tables.Owners[table]
                        where file.Feature != owner && !Exceptions.Contains((file.Name, table))
                        select $"{file} speaks of {table}, which belongs to {owner}";

        strangers.ShouldBeEmpty();
    }

    /// <summary>What a plan shows no longer is hidden in one place; what goes for good, and what was known once, is counted where it stands.</summary>
    [Fact]
    public void Rows_of_events_are_read_through_what_the_plan_retains()
    {
        string[] bare = ["views.event_entries", "views.rejected_entries"];

        Sources.Of("Application").Where(file => Tables.NamedIn(file).Any(bare.Contains)).Select(file => file.Name).Order()
            .ShouldBe(["Application/Entries/CountForgotten.cs", "Application/Entries/PastDays.cs", "Application/Entries/Retained.cs"]);
    }

    [Fact]
    public void The_engine_of_projections_speaks_of_checkpoints_and_of_what_it_is_asked_for()
    {
        var spoken = Sources.Of("Projections").Where(IsEngine).SelectMany(Tables.NamedIn).Distinct();

        spoken.ShouldBeSubsetOf(["views.checkpoints", "views.gate", "app.builds", "app.rebuilds", "app.parked_events"]);
    }

    [Fact]
    public void Every_table_has_an_owner() => Tables.CreatedByMigrations.ShouldBeSubsetOf(Tables.Owners.Keys);

    [Fact]
    public void Every_read_model_is_asked_by_its_owner_under_the_same_name()
    {
        var features = Sources.Of("Application").Select(file => file.Feature).ToHashSet();

        Sources.Sql.Where(file => file.Layer == "Projections").Select(file => file.Feature).ShouldBeSubsetOf(features);
    }

    [Fact]
    public void Pages_and_endpoints_hold_no_SQL() =>
        Sources.Of("Web").Where(file => Tables.NamedIn(file).Any()).ShouldBeEmpty();

    [Fact]
    public void Projections_do_not_know_each_other()
    {
        var features = Sources.Sql.Where(file => file.Layer == "Projections").Select(file => file.Feature).ToHashSet();
        var knowing = from file in Sources.Of("Projections")
                      where features.Contains(file.Feature)
                      from other in features
                      where other != file.Feature && file.Text.Contains($"EventEngine.Projections.{other}")
                      select $"{file} knows {other}";

        knowing.ShouldBeEmpty();
    }

    [Fact]
    public void Handlers_are_reached_by_their_requests_only()
    {
        var open = from type in typeof(ReadModels).Assembly.GetTypes()
                   where type.GetInterfaces().Any(IsHandler)
                   where type.IsVisible || !type.IsSealed
                   select type.FullName;

        open.ShouldBeEmpty();
    }

    [Fact]
    public void Nobody_holds_a_handler()
    {
        const BindingFlags Every = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
        var holding = from type in typeof(ReadModels).Assembly.GetTypes()
                      where !type.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute))
                      from field in type.GetFields(Every)
                      where field.FieldType.GetInterfaces().Any(IsHandler)
                      select $"{type.FullName}.{field.Name}";

        holding.ShouldBeEmpty();
    }

    /// <summary>What runs projections, and tells operators of them.</summary>
    private static bool IsEngine(SourceFile file) => file is { Layer: "Projections", Feature: "Runtime" or "CommandLine" };

    private static bool IsHandler(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IRequestHandler<,>);
}
