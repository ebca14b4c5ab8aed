using System.Text;
using Gantry.Cloud.Clinics.Import;

namespace Gantry.Cloud.Tests.Import;

/// <summary>What spreadsheets write is read; what cannot be used is told by line.</summary>
public sealed class AppointmentListTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    [Theory]
    [InlineData("provider,clinic,date,time,minutes,nhs_number,first_name,last_name,birth_date,sex\nNorth,Unit A,2026-03-02,09:15,10,999 000 1006,Jane,Smith,1965-03-15,F\n")]
    [InlineData("Provider;Clinic;Date;Time;Minutes;NHS number;First name;Last name;Birth date;Sex\r\nNorth;Unit A;02/03/2026;9:15;10;9990001006;Jane;Smith;15/3/1965;f\r\n")]
    [InlineData("sex\tremark\tlast_name\tfirst_name\tbirth_date\tnhs_number\tminutes\ttime\tdate\tclinic\tprovider\nF\tcall first\tSmith\tJane\t1965-03-15\t999-000-1006\t10\t09:15:00\t2026-03-02\t\"Unit A\"\tNorth")]
    public void A_line_is_read_whatever_the_spreadsheet_makes_of_it(string text)
    {
        var (rows, problems) = Read(text);

        Assert.Empty(problems);
        Assert.Equal(new(2, "North", "Unit A", Today, new(9, 15), 10, "9990001006", "Jane", "Smith", new(1965, 3, 15), "F"), Assert.Single(rows));
    }

    [Fact]
    public void Minutes_and_sex_may_be_missing_and_letters_may_be_any()
    {
        var (rows, _) = Read("\uFEFFprovider,clinic,date,time,nhs_number,first_name,last_name,birth_date\nNorth,\"Unit A, upper floor\",2026-03-02,09:15,9990001006,Siân,O'Brien-Łuk,1965-03-15");

        var row = Assert.Single(rows);
        Assert.Equal((15, "F", "Unit A, upper floor", "Siân", "O'Brien-Łuk"), (row.Minutes, row.Sex, row.Clinic, row.FirstName, row.LastName));
    }

    [Theory]
    [InlineData("North,Unit A,2026-03-01,09:15,,9990001006,Jane,Smith,1965-03-15,", "date: 2026-03-01 is past.")]
    [InlineData("North,Unit A,31/31/2026,09:15,,9990001006,Jane,Smith,1965-03-15,", "date: '31/31/2026' is no date")]
    [InlineData("North,Unit A,2026-03-02,quarter past,,9990001006,Jane,Smith,1965-03-15,", "time: 'quarter past' is no time")]
    [InlineData("North,Unit A,2026-03-02,09:15,0,9990001006,Jane,Smith,1965-03-15,", "minutes: '0'")]
    [InlineData("North,Unit A,2026-03-02,09:15,,9990001007,Jane,Smith,1965-03-15,", "'9990001007' is no NHS number")]
    [InlineData("North,Unit A,2026-03-02,09:15,,9990001006,,Smith,1965-03-15,", "first_name is empty.")]
    [InlineData("North,Unit A,2026-03-02,09:15,,9990001006,Jane,Smith,2026-03-02,", "birth_date: 2026-03-02 is not past.")]
    [InlineData("North,Unit A,2026-03-02,09:15,,9990001006,Jane,Smith,1965-03-15,X", "sex: 'X' is none of")]
    [InlineData("North", "clinic is empty.")]
    public void A_line_that_cannot_be_used_is_told_and_the_next_one_is_read(string line, string words)
    {
        var (rows, problems) = Read($"{AppointmentList.Heading}\n{line}\nNorth,Unit A,2026-03-02,09:30,,9990001006,Jane,Smith,1965-03-15,\n");

        var problem = Assert.Single(problems);
        Assert.Equal(2, problem.Line);
        Assert.Contains(words, problem.Text, StringComparison.Ordinal);
        Assert.Equal(3, Assert.Single(rows).Line);
    }

    [Theory]
    [InlineData("", "The file is empty")]
    [InlineData("provider,clinic,date\nNorth,Unit A,2026-03-02", "There is no column time, nhs_number, first_name, last_name, birth_date")]
    public void A_file_without_what_is_needed_says_what_the_first_line_must_be(string text, string words) =>
        Assert.Contains(words, Assert.Single(Read(text).Problems).Text, StringComparison.Ordinal);

    [Fact]
    public void A_file_in_other_letters_than_UTF_8_is_told_how_to_be_saved()
    {
        var (rows, problems) = AppointmentList.Read(new MemoryStream(Encoding.Latin1.GetBytes($"{AppointmentList.Heading}\nNörd,")), Today);

        Assert.Empty(rows);
        Assert.Contains("CSV UTF-8", Assert.Single(problems).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quotation_mark_too_many_is_told_and_the_next_line_is_read()
    {
        var (rows, problems) = Read($"{AppointmentList.Heading}\n\"North,Unit A,2026-03-02,09:15,,9990001006,Jane,Smith,1965-03-15,\nNorth,Unit A,2026-03-02,09:30,,9990001006,Jane,Smith,1965-03-15,\n");

        Assert.Equal(2, Assert.Single(problems).Line);
        Assert.Contains("quotation mark", problems[0].Text, StringComparison.Ordinal);
        Assert.Equal(3, Assert.Single(rows).Line);
    }

    [Fact]
    public void A_list_without_end_is_not_read_to_its_end()
    {
        var (rows, problems) = Read(AppointmentList.Heading + string.Concat(Enumerable.Repeat("\nNorth,Unit A,2026-03-02,09:15,,9990001006,Jane,Smith,1965-03-15,", AppointmentList.MostRows + 1)));

        Assert.Empty(rows);
        Assert.Contains("divide the list", Assert.Single(problems).Text, StringComparison.Ordinal);
    }

    private static (IReadOnlyList<AppointmentRow> Rows, IReadOnlyList<ImportProblem> Problems) Read(string text) =>
        AppointmentList.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), Today);
}
