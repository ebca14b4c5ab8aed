using System.Data;
using System.Globalization;
using Gantry.Odbc;
using Gantry.Worklist;

namespace Gantry.EmrSync.Reading;

/// <summary>What one run of the query asks for.</summary>
/// <param name="From">First day of the exams, at the site.</param>
/// <param name="To">Last day.</param>
/// <param name="Since">Changes from this moment of the EMR's clock on; null for all.</param>
/// <param name="Key">Keys above this; null for all.</param>
internal sealed record QueryWindow(DateOnly From, DateOnly To, DateTime? Since, long? Key)
{
    /// <summary>The form in which moments of the EMR's clock are kept.</summary>
    private const string MarkFormat = "yyyy-MM-dd HH:mm:ss.fffffff";

    // Before this no date type of SQL Server (smalldatetime) begins
    private static readonly DateTime Beginning = new(1900, 1, 1);

    public string FromText => From.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    public string ToText => To.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>True if every row of the days is asked for.</summary>
    public bool IsWhole => Since is null && Key is null;

    /// <summary>All rows of the days.</summary>
    public static QueryWindow Whole(EmrSyncOptions options, DateOnly today) =>
        new(today.AddDays(-options.PastDays), today.AddDays(options.FutureDays), null, null);

    /// <summary>What is new since the mark; everything where there is no mark to go on from.</summary>
    public static QueryWindow After(EmrMark mark, EmrSyncOptions options, DateOnly today)
    {
        QueryWindow whole = Whole(options, today);
        return options.EffectiveMode switch
        {
            SyncMode.ChangedAt when Parse(mark.ChangedAt) is { } changed => whole with { Since = changed - options.Overlap },
            SyncMode.Key when long.TryParse(mark.Key, NumberStyles.None, CultureInfo.InvariantCulture, out long key) =>
                whole with { Key = Math.Max(-1, key - options.KeyOverlap) },
            _ => whole,
        };
    }

    public static DateTime? Parse(string? mark) =>
        DateTime.TryParseExact(mark, MarkFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time) ? time : null;

    public static string? Text(DateTime? mark) => mark?.ToString(MarkFormat, CultureInfo.InvariantCulture);

    /// <summary>Gives the command its parameters; those that the SQL does not name are ignored.</summary>
    public void Bind(OdbcCommand command, EmrSyncOptions options)
    {
        DateTime since = Since ?? Beginning;
        command.Parameters.AddWithValue("since", options.ChangedAtFormat.Length == 0 ? since
            : since.ToString(options.ChangedAtFormat, CultureInfo.InvariantCulture));
        command.Parameters.AddWithValue("key", Key ?? -1L);
        Add("from_date", From);
        Add("to_date", To);

        void Add(string name, DateOnly day)
        {
            if (options.DateFormat.Length > 0)
                command.Parameters.AddWithValue(name, day.ToString(options.DateFormat, CultureInfo.InvariantCulture));
            else
                command.Parameters.AddWithValue(name, day).DbType = DbType.Date;
        }
    }
}
