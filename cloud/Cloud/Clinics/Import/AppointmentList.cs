using System.Globalization;
using System.Text;
using CsvHelper;

namespace Gantry.Cloud.Clinics.Import;

/// <summary>
/// A list of appointments as spreadsheets write it (CSV, UTF-8): a heading, then a line for each. Columns go by their names, in any order;
/// others are passed over. Every line is read, so that all its problems are told at once.
/// </summary>
internal static class AppointmentList
{
    public const int MostRows = 5000;

    public const string Heading = "provider,clinic,date,time,minutes,nhs_number,first_name,last_name,birth_date,sex";

    /// <summary>What the first line of a file is for, in a sentence that may be broken.</summary>
    public static readonly string FirstLine = $"Its first line names the columns: {Heading.Replace(",", ", ", StringComparison.Ordinal)}.";

    private const int LongestName = 100;

    private const int LongestLine = 10_000;

    private static readonly string[] Optional = ["minutes", "sex"];

    private static readonly string[] Dates = ["yyyy-MM-dd", "d/M/yyyy"];

    private static readonly string[] Times = ["H:mm", "H:mm:ss"];

    /// <summary>The lines that can be used, and what is wrong with the others.</summary>
    /// <param name="file">The file's content.</param>
    /// <param name="today">The site's date: appointments are not before it, births are.</param>
    public static (IReadOnlyList<AppointmentRow> Rows, IReadOnlyList<ImportProblem> Problems) Read(Stream file, DateOnly today)
    {
        var (rows, problems) = (new List<AppointmentRow>(), new List<ImportProblem>());
        using var text = new StreamReader(file, new UTF8Encoding(false, throwOnInvalidBytes: true));
        using var csv = CsvReader.Create(text, new CsvReaderOptions
        {
            TrimWhitespace = true, TrimInsideQuotes = true, TrackLineNumbers = true, NormalizeHeaderName = name => name.Trim().Replace(' ', '_').ToLowerInvariant(),
            // A quotation mark too many ends with its line, and does not swallow the others
            AllowLineBreaksInQuotes = false, MalformedData = CsvMalformedDataHandling.Skip, MaxRecordSize = LongestLine,
            OnMalformedRecord = record => problems.Add(new((int)record.LineNumber, "There is a quotation mark where none can be. Around a text, and doubled within it, is right.")),
        });
        try
        {
            if (csv.Headers.Count == 0)
                return ([], [new(1, $"The file is empty. {FirstLine}")]);
            var missing = Heading.Split(',').Except(Optional).Where(name => !csv.TryGetFieldIndex(name, out _)).ToList();
            if (missing.Count > 0)
                return ([], [new(1, $"There is no column {string.Join(", ", missing)} in the file. {FirstLine}")]);
            while (csv.Read())
            {
                if (rows.Count + problems.Count == MostRows)
                    return ([], [new((int)csv.LineNumber, $"There are more than {MostRows} lines; divide the list.")]);
                if (new LineReader(csv, today).Read(problems) is { } row)
                    rows.Add(row);
            }
        }
        catch (CsvFormatException error)
        {
            problems.Add(new((int)error.LineNumber, $"The line is longer than {LongestLine} letters."));
        }
        catch (DecoderFallbackException)
        {
            return ([], [new(1, "The letters cannot be read. Save the list as 'CSV UTF-8'.")]);
        }
        return (rows, problems);
    }

    /// <summary>One line; the first thing that is wrong with it is told.</summary>
    private sealed class LineReader(CsvReader csv, DateOnly today)
    {
        private string? _problem;

        public AppointmentRow? Read(List<ImportProblem> problems)
        {
            var row = new AppointmentRow(
                (int)csv.LineNumber, Name("provider"), Name("clinic"), Date("date"), Time(), Minutes(), Number(), Name("first_name"), Name("last_name"), Date("birth_date"), Sex());
            if (row.Date < today)
                _problem ??= $"date: {row.Date:yyyy-MM-dd} is past.";
            if (row.BirthDate >= today)
                _problem ??= $"birth_date: {row.BirthDate:yyyy-MM-dd} is not past.";
            if (_problem is null)
                return row;
            problems.Add(new(row.Line, _problem));
            return null;
        }

        private string Field(string name) => csv.TryGetFieldIndex(name, out var index) ? csv.GetString(index) : "";

        private string Name(string column)
        {
            var text = Field(column);
            if (text.Length is 0 or > LongestName || text.Any(char.IsControl))
                _problem ??= text.Length == 0 ? $"{column} is empty." : $"{column} must be a text of at most {LongestName} letters on one line.";
            return text;
        }

        private DateOnly Date(string column)
        {
            if (!DateOnly.TryParseExact(Field(column), Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                _problem ??= $"{column}: '{Shown(column)}' is no date. Write 2026-01-31, or 31/01/2026 with the day first.";
            return date;
        }

        private TimeOnly Time()
        {
            if (!TimeOnly.TryParseExact(Field("time"), Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
                _problem ??= $"time: '{Shown("time")}' is no time. Write 09:15.";
            return time;
        }

        private int Minutes()
        {
            var (text, minutes) = (Field("minutes"), 15);
            if (text.Length > 0 && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out minutes) || minutes is 0 or > 600))
                _problem ??= $"minutes: '{Shown("minutes")}' is no number from 1 to 600.";
            return minutes;
        }

        private string Number()
        {
            var number = NhsNumber.Plain(Field("nhs_number"));
            if (!NhsNumber.IsValid(number))
                _problem ??= $"nhs_number: '{Shown("nhs_number")}' is no NHS number: ten digits, the last of which checks the others.";
            return number;
        }

        private string Sex()
        {
            var sex = Field("sex") is { Length: > 0 } text ? text.ToUpperInvariant() : "F";
            if (sex is not ("M" or "F" or "O"))
                _problem ??= $"sex: '{Shown("sex")}' is none of M, F and O.";
            return sex;
        }

        private string Shown(string column) => Field(column) is { Length: > 30 } text ? $"{text[..30]}..." : Field(column);
    }
}
