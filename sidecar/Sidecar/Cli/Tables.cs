using System.Globalization;
using Gantry.EmrSync.Demo;
using Gantry.Worklist;
using Spectre.Console;

namespace Gantry.Sidecar.Cli;

/// <summary>The tables that commands show.</summary>
internal static class Tables
{
    /// <summary>What the worklist answered.</summary>
    public static Table Of(IEnumerable<ScheduledExam> items)
    {
        var table = With(
            "Accession", "Patient ID", "Patient", "Born", "Sex", "Date", "Time", "Modality", "Station", "Description");
        foreach (var item in items)
        {
            Row(table, item.AccessionNumber, item.PatientId, item.PatientName, item.PatientBirthDate, item.PatientSex,
                item.ScheduledDate, item.ScheduledTime, item.Modality, item.ScheduledStationAet,
                item.StudyDescription ?? item.StepDescription);
        }
        return table;
    }

    /// <summary>Orders of the store.</summary>
    public static Table Of(IEnumerable<WorklistItem> orders)
    {
        var table = With("Accession", "Patient ID", "Patient", "Date", "Time", "Modality", "Status", "Description");
        foreach (var order in orders)
        {
            Row(table, order.AccessionNumber, order.PatientId, order.PatientName, order.ScheduledDate, order.ScheduledTime,
                order.Modality, order.Status.ToText(), order.StudyDescription);
        }
        return table;
    }

    /// <summary>Orders that cannot be served.</summary>
    public static Table Of(IEnumerable<SetAsideItem> items)
    {
        var table = With("Order", "Since (UTC)", "Reason");
        foreach (var item in items)
        {
            var since = item.FirstSeen.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            Row(table, item.Reference, since, item.Reason);
        }
        return table;
    }

    /// <summary>Exams without an order.</summary>
    public static Table Of(IEnumerable<UnscheduledStep> steps)
    {
        var table = With("Started", "Status", "Modality", "From", "Patient ID", "Patient", "Accession", "Study");
        foreach (var step in steps)
        {
            Row(table, step.StartTime, step.Status, step.Modality, step.CallingAeTitle, step.PatientId, step.PatientName,
                step.AccessionNumber, step.StudyInstanceUid);
        }
        return table;
    }

    /// <summary>Rows of the EMR that will not work.</summary>
    public static Table Of(IEnumerable<EmrProblem> problems)
    {
        var table = With("Row", "Order key", "Outcome", "Column and why");
        foreach (var problem in problems)
            Row(table, FormattableString.Invariant($"{problem.Row}"), problem.OrderKey, problem.Outcome, problem.Problem);
        return table;
    }

    /// <summary>What was done to orders of the demo EMR.</summary>
    public static Table Of(IEnumerable<DemoChange> changes)
    {
        var table = With("Action", "Accession", "What", "Due", "Modality", "Patient");
        foreach (var change in changes)
            Row(table, change.Action, change.AccessionNumber, change.What, change.Due, change.Modality, change.Name);
        return table;
    }

    /// <summary>Studies that were sent.</summary>
    public static Table Of(IEnumerable<SentStudy> studies)
    {
        var table = With("Modality", "Patient ID", "Accession", "Images", "MB", "Study");
        foreach (var study in studies)
        {
            Row(table, study.Modality, study.PatientId, study.AccessionNumber, FormattableString.Invariant($"{study.Images}"),
                FormattableString.Invariant($"{study.Bytes / 1e6:0.0}"), study.StudyInstanceUid);
        }
        return table;
    }

    /// <summary>Names and values, one below the other.</summary>
    public static Table Of(IEnumerable<(string Name, string? Value)> pairs)
    {
        var table = With("Field", "Value");
        foreach (var (name, value) in pairs)
            Row(table, name, value);
        return table;
    }

    private static Table With(params string[] columns)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in columns)
            table.AddColumn(new TableColumn(new Text(column)) { NoWrap = column is "Accession" or "Date" or "Time" or "Born" });
        return table;
    }

    private static void Row(Table table, params string?[] cells) =>
        table.AddRow(cells.Select(cell => new Text(Terminal.Plain(cell ?? ""))));
}
