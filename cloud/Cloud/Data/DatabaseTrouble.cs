using System.Globalization;
using Npgsql;

namespace Gantry.Cloud.Data;

/// <summary>
/// Says in a sentence why the database does not do what it is asked, and remembers it for a while: a database whose disk is full answers
/// questions, and takes what fits beside its rows, so asking it does not show it.
/// </summary>
internal sealed class DatabaseTrouble(TimeProvider time)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    /// <summary>Everybody who asks meanwhile would fill the log with the same.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    private volatile Memory? _last;

    /// <summary>The last trouble, if there was any in the last minutes.</summary>
    public string? Recent => _last is { } last && time.GetUtcNow() - last.At < Remembered
        ? string.Create(CultureInfo.InvariantCulture, $"At {last.At.UtcDateTime:HH:mm:ss} UTC something could not be read or stored. {last.Sentence}") : null;

    /// <summary>The sentence, which is remembered; null where the fault is another one.</summary>
    /// <param name="error">What happened.</param>
    /// <param name="isNews">True if it is to be logged: another sentence than the last one, or a minute after it.</param>
    public string? Note(Exception error, out bool isNews)
    {
        isNews = false;
        if (Explain(error) is not { } sentence)
            return null;
        var now = time.GetUtcNow();
        var last = _last;
        isNews = last is null || last.Sentence != sentence || now - last.ToldAt >= Silence;
        _last = new(now, sentence, isNews ? now : last!.ToldAt);
        return sentence;
    }

    /// <summary>The sentence; null where it is not the database's trouble, or one that our own SQL brought on.</summary>
    public static string? Explain(Exception error) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => "The disk of the database is full: make room there.",
        _ when DatabaseAbsence.Reason(error) is { } away => $"The database is away: {away}",
        // 53: insufficient resources, 58: system error, XX: internal error. None of them repeats a value
        PostgresException { SqlState: ['5', '3' or '8', ..] or ['X', 'X', ..] } ill => $"The database is in trouble: {ill.MessageText} (SQLSTATE {ill.SqlState}). Its own log, and the room on its disk, tell more.",
        PostgresException => null,
        { InnerException: { } inner } => Explain(inner),
        _ => null,
    };

    private sealed record Memory(DateTimeOffset At, string Sentence, DateTimeOffset ToldAt);
}
