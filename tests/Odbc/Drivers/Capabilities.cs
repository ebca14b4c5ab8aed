namespace Gantry.Odbc.Tests.Drivers;

/// <summary>
/// Where drivers and their servers differ: the one place. The suite asks this table and never a driver's name.
/// </summary>
public sealed record Capabilities
{
    /// <summary>Per kind of column: how the server calls it, and what the driver gives back by itself.</summary>
    public required IReadOnlyDictionary<string, (string Sql, Type Native)> Types { get; init; }

    /// <summary>Kinds that = does not compare with a parameter: money with numbers, text and long binaries at all.</summary>
    public required IReadOnlyList<string> Incomparable { get; init; }

    /// <summary>char(n) comes back filled with spaces.</summary>
    public required bool PadsChar { get; init; }

    /// <summary>Digits of a second that a timestamp keeps.</summary>
    public required int FractionDigits { get; init; }

    /// <summary>Several statements in one command.</summary>
    public required bool RunsBatches { get; init; }

    /// <summary>SQLSTATE for a missing table, and for a missing column; SQLite's driver has one for everything.</summary>
    public required (string Table, string Column) MissingStates { get; init; }

    /// <summary>A query without end, in practice.</summary>
    public required string SlowQuery { get; init; }

    /// <summary>Numbers from 1 to {0} in a column n.</summary>
    public required string Numbers { get; init; }

    /// <summary>How many connections the leak test really opens: connecting costs from 0.2 ms (a file) to 5 ms (a new process).</summary>
    public required int Opens { get; init; }

    public static Capabilities Postgres { get; } = new()
    {
        Types = new Dictionary<string, (string, Type)>
        {
            ["smallint"] = ("smallint", typeof(short)),
            ["int"] = ("integer", typeof(int)),
            ["bigint"] = ("bigint", typeof(long)),
            ["decimal"] = ("numeric(20,4)", typeof(decimal)),
            ["money"] = ("money", typeof(double)),
            ["float"] = ("double precision", typeof(double)),
            ["real"] = ("real", typeof(float)),
            ["bit"] = ("boolean", typeof(bool)),
            ["char"] = ("char(5)", typeof(string)),
            ["varchar"] = ("varchar(200)", typeof(string)),
            ["nvarchar"] = ("varchar(200)", typeof(string)),
            ["text"] = ("text", typeof(string)),
            ["nvarchar(max)"] = ("text", typeof(string)),
            ["date"] = ("date", typeof(DateTime)),
            ["time"] = ("time", typeof(TimeSpan)),
            ["datetime"] = ("timestamp(3)", typeof(DateTime)),
            ["datetime2"] = ("timestamp", typeof(DateTime)),
            ["datetimeoffset"] = ("timestamptz", typeof(DateTime)),
            ["uniqueidentifier"] = ("uuid", typeof(Guid)),
            ["varbinary"] = ("bytea", typeof(byte[])),
            ["varbinary(max)"] = ("bytea", typeof(byte[])),
        },
        Incomparable = ["money"],
        PadsChar = true,
        FractionDigits = 6,
        RunsBatches = true,
        MissingStates = ("42P01", "42703"),
        SlowQuery = "select pg_sleep(600)",
        Numbers = "select n::integer as n from generate_series(1, {0}) as n",
        Opens = 500,
    };

    public static Capabilities Sqlite { get; } = new()
    {
        Types = new Dictionary<string, (string, Type)>
        {
            ["smallint"] = ("smallint", typeof(short)),
            ["int"] = ("integer", typeof(int)),
            ["bigint"] = ("bigint", typeof(long)),
            ["decimal"] = ("decimal(20,4)", typeof(string)),
            ["money"] = ("decimal(19,4)", typeof(string)),
            ["float"] = ("double", typeof(double)),
            ["real"] = ("real", typeof(double)),
            ["bit"] = ("bit", typeof(bool)),
            ["char"] = ("char(5)", typeof(string)),
            ["varchar"] = ("varchar(200)", typeof(string)),
            ["nvarchar"] = ("nvarchar(200)", typeof(string)),
            ["text"] = ("text", typeof(string)),
            ["nvarchar(max)"] = ("text", typeof(string)),
            ["date"] = ("date", typeof(DateTime)),
            ["time"] = ("time", typeof(TimeSpan)),
            ["datetime"] = ("datetime", typeof(DateTime)),
            ["datetime2"] = ("timestamp", typeof(DateTime)),
            ["datetimeoffset"] = ("varchar(40)", typeof(string)),
            ["uniqueidentifier"] = ("varchar(36)", typeof(string)),
            ["varbinary"] = ("varbinary(8000)", typeof(byte[])),
            ["varbinary(max)"] = ("blob", typeof(byte[])),
        },
        Incomparable = [],
        PadsChar = false,
        FractionDigits = 3,
        RunsBatches = false,
        MissingStates = ("HY000", "HY000"),
        SlowQuery = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000000000) select count(*) from n",
        Numbers = "with recursive n(n) as (select 1 union all select n + 1 from n where n < {0}) select cast(n as integer) as n from n",
        Opens = 10_000,
    };

    /// <summary>SQL Server through FreeTDS (or Microsoft's driver).</summary>
    public static Capabilities SqlServer { get; } = new()
    {
        Types = new Dictionary<string, (string, Type)>
        {
            ["smallint"] = ("smallint", typeof(short)),
            ["int"] = ("int", typeof(int)),
            ["bigint"] = ("bigint", typeof(long)),
            ["decimal"] = ("decimal(20,4)", typeof(decimal)),
            ["money"] = ("money", typeof(decimal)),
            ["float"] = ("float", typeof(double)),
            ["real"] = ("real", typeof(float)),
            ["bit"] = ("bit", typeof(bool)),
            ["char"] = ("char(5)", typeof(string)),
            ["varchar"] = ("varchar(200)", typeof(string)),
            ["nvarchar"] = ("nvarchar(200)", typeof(string)),
            ["text"] = ("text", typeof(string)),
            ["nvarchar(max)"] = ("nvarchar(max)", typeof(string)),
            ["date"] = ("date", typeof(DateTime)),
            ["time"] = ("time", typeof(TimeSpan)),
            ["datetime"] = ("datetime", typeof(DateTime)),
            ["datetime2"] = ("datetime2", typeof(DateTime)),
            ["datetimeoffset"] = ("datetimeoffset", typeof(DateTimeOffset)),
            ["uniqueidentifier"] = ("uniqueidentifier", typeof(Guid)),
            ["varbinary"] = ("varbinary(8000)", typeof(byte[])),
            ["varbinary(max)"] = ("varbinary(max)", typeof(byte[])),
        },
        Incomparable = ["text", "varbinary(max)"],
        PadsChar = true,
        FractionDigits = 7,
        RunsBatches = true,
        MissingStates = ("42S02", "42S22"),
        SlowQuery = "waitfor delay '00:10:00'; select 1",
        Numbers = "select top ({0}) cast(row_number() over (order by (select null)) as int) as n from sys.all_objects a, sys.all_objects b, sys.all_objects c",
        Opens = 500,
    };
}
