using System.Data;
using Dapper;

namespace EventEngine.Application.Shared;

/// <summary>
/// How rows become records, set once for the process. Postgres' timestamptz comes as a UTC DateTime: the handlers here let a positional
/// record ask for DateTimeOffset, and columns in snake_case meet parameters in PascalCase. Enums travel as int: cast smallint in SQL.
/// </summary>
public static class DapperSetup
{
    private static readonly Lock Gate = new();
    private static bool _applied;

    public static void Apply()
    {
        lock (Gate)
        {
            if (_applied) return;
            DefaultTypeMap.MatchNamesWithUnderscores = true;
            SqlMapper.AddTypeHandler(new TimeHandler());
            SqlMapper.AddTypeHandler(new DateHandler());
            SqlMapper.AddTypeHandler(new ArrayHandler<Guid>());
            SqlMapper.AddTypeHandler(new ArrayHandler<int>());
            SqlMapper.AddTypeHandler(new ArrayHandler<string>());
            SqlMapper.AddTypeHandler(new ArrayHandler<DateOnly>());
            _applied = true;
        }
    }

    private sealed class TimeHandler : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override DateTimeOffset Parse(object value) => value switch
        {
            DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
            DateTimeOffset time => time,
            _ => throw new DataException($"{value.GetType()} is no time."),
        };

        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value) => parameter.Value = value.UtcDateTime;
    }

    private sealed class DateHandler : SqlMapper.TypeHandler<DateOnly>
    {
        public override DateOnly Parse(object value) => value switch
        {
            DateOnly date => date,
            DateTime time => DateOnly.FromDateTime(time),
            _ => throw new DataException($"{value.GetType()} is no date."),
        };

        public override void SetValue(IDbDataParameter parameter, DateOnly value) => parameter.Value = value;
    }

    /// <summary>An array is one value of Postgres, not a list to spell out.</summary>
    private sealed class ArrayHandler<T> : SqlMapper.TypeHandler<T[]>
    {
        public override T[] Parse(object value) => (T[])value;

        public override void SetValue(IDbDataParameter parameter, T[]? value) => parameter.Value = value;
    }
}
