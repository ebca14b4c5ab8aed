using System.Globalization;
using Gantry.EmrSync.Names;
using Gantry.EmrSync.Reading;
using Gantry.Worklist;

namespace Gantry.EmrSync.Mapping;

/// <summary>What became of a row: an order, a cancellation, or the reason why it is neither.</summary>
/// <param name="State">How the order stands by this row.</param>
/// <param name="ScheduledDate">yyyyMMdd, or null.</param>
/// <param name="Item">The order; null unless it is live.</param>
/// <param name="Reason">Column and why, without the value; null unless it is unusable.</param>
/// <param name="Mended">What was cut or left out, as column and why.</param>
internal sealed record MappedRow(
    EmrOrderState State, string? ScheduledDate, WorklistItem? Item, string? Reason, IReadOnlyList<string> Mended);

/// <summary>Makes orders of rows. One bad row never stops the others: what is wrong comes back as a reason.</summary>
internal sealed class OrderMapper(OrderShape shape, INameWriter names, Func<string, string?>? stationAet)
{
    public MappedRow Map(EmrRow row)
    {
        var mended = new List<string>();
        try
        {
            string? date = Scheduled(row, out string time);
            bool? cancelled = shape.Cancelled < 0 ? false : CellText.Flag(row.Values[shape.Cancelled]);
            string accession = Essential(row, WorklistColumn.AccessionNumber);
            if (cancelled is null) throw new RowException("cancelled says neither yes (1, Y, true) nor no (0, N, false, NULL)");
            if (cancelled.Value) return new MappedRow(EmrOrderState.Cancelled, date, null, null, []);
            WorklistItem item = Item(row, accession, mended) with
            {
                ScheduledDate = date ?? throw new RowException($"{ScheduledName} is no date that can be read"),
                ScheduledTime = time,
            };
            return new MappedRow(EmrOrderState.Live, date, item, null, mended);
        }
        catch (RowException fault)
        {
            string? date = null;
            try
            {
                date = Scheduled(row, out _);
            }
            catch (RowException)
            {
                // The date itself is what is wrong
            }
            return new MappedRow(EmrOrderState.Unusable, date, null, fault.Message, []);
        }
    }

    private string ScheduledName => shape.ScheduledAt >= 0 ? "scheduled_at" : "scheduled_date";

    private WorklistItem Item(EmrRow row, string accession, List<string> mended)
    {
        string modality = Essential(row, WorklistColumn.Modality).ToUpperInvariant();
        PatientNameForms name = Name(row, modality, mended);
        string? Optional(WorklistColumn column) => shape[column] < 0 ? null : Text(row, column, mended) is { Length: > 0 } text ? text : null;
        return new WorklistItem
        {
            AccessionNumber = accession,
            PatientId = Essential(row, WorklistColumn.PatientId),
            PatientName = name.Alphabetic,
            PatientNameIdeographic = name.Ideographic,
            PatientNamePhonetic = name.Phonetic,
            PatientNameRomanized = name.Romanized,
            PatientBirthDate = BirthDate(row, mended),
            PatientSex = Sex(row, mended),
            Modality = modality,
            StudyDescription = Optional(WorklistColumn.StudyDescription),
            ProcedureCode = Optional(WorklistColumn.ProcedureCode),
            StudyInstanceUid = Optional(WorklistColumn.StudyInstanceUid),
            RequestedProcedureId = Optional(WorklistColumn.RequestedProcedureId),
            ScheduledStepId = Optional(WorklistColumn.ScheduledStepId),
            ScheduledStationAet = Optional(WorklistColumn.ScheduledStationAet) ?? stationAet?.Invoke(modality),
            ScheduledStationName = Optional(WorklistColumn.ScheduledStationName),
            ScheduledLocation = Optional(WorklistColumn.ScheduledLocation),
            ScheduledPhysician = Optional(WorklistColumn.ScheduledPhysician),
            StepDescription = Optional(WorklistColumn.StepDescription),
            ProcedureCodingScheme = Optional(WorklistColumn.ProcedureCodingScheme),
            ProcedureCodeMeaning = Optional(WorklistColumn.ProcedureCodeMeaning),
            ReferringPhysician = Optional(WorklistColumn.ReferringPhysician),
            RequestingPhysician = Optional(WorklistColumn.RequestingPhysician),
            Priority = Optional(WorklistColumn.Priority)?.ToUpperInvariant(),
            PatientWeight = Optional(WorklistColumn.PatientWeight),
            PatientSize = Optional(WorklistColumn.PatientSize),
            MedicalAlerts = Optional(WorklistColumn.MedicalAlerts),
            Allergies = Optional(WorklistColumn.Allergies),
            PregnancyStatus = Optional(WorklistColumn.PregnancyStatus),
            PatientComments = Optional(WorklistColumn.PatientComments),
            AdmissionId = Optional(WorklistColumn.AdmissionId),
            InstitutionName = Optional(WorklistColumn.InstitutionName),
            OtherPatientIds = Optional(WorklistColumn.OtherPatientIds),
        };
    }

    private string? Scheduled(EmrRow row, out string time)
    {
        time = "";
        DateOnly? date;
        TimeOnly? clock;
        if (shape.ScheduledAt >= 0)
        {
            DateTime? moment = CellText.Moment(row.Values[shape.ScheduledAt]);
            date = moment is { } there ? DateOnly.FromDateTime(there) : null;
            clock = moment is { } at ? TimeOnly.FromDateTime(at) : null;
        }
        else
        {
            date = CellText.Date(row.Values[shape[WorklistColumn.ScheduledDate]]);
            clock = CellText.Time(row.Values[shape[WorklistColumn.ScheduledTime]]);
        }
        if (date is not { Year: >= 1900 and <= 9999 }) throw new RowException($"{ScheduledName} is empty or no date that can be read");
        if (clock is null) throw new RowException("scheduled_time is empty or no time that can be read");
        time = clock.Value.ToString("HHmmss", CultureInfo.InvariantCulture);
        return date.Value.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
    }

    private PatientNameForms Name(EmrRow row, string modality, List<string> mended)
    {
        string own = shape[WorklistColumn.PatientName] < 0 ? "" : CellText.Of(row.Values[shape[WorklistColumn.PatientName]])
            ?? throw new RowException("patient_name is not text");
        string english = shape.EnglishName < 0 ? "" : CellText.Of(row.Values[shape.EnglishName]) ?? "";
        if (own.Length + english.Length == 0) throw new RowException("patient_name is empty");
        PatientNameForms forms = names.Write(Clean(own), Clean(english), modality);
        if (forms.Alphabetic.Length == 0 && forms.Ideographic is null && forms.Phonetic is null)
            throw new RowException("patient_name has no characters that can be shown");
        return forms with
        {
            Alphabetic = Group(forms.Alphabetic)!, Ideographic = Group(forms.Ideographic),
            Phonetic = Group(forms.Phonetic), Romanized = Group(forms.Romanized),
        };

        string Clean(string text)
        {
            string clean = LegalValue.Cut(text, int.MaxValue).Replace('=', ' ');
            if (clean.Length != text.Length) mended.Add("patient_name has characters that a name may not have; they were left out");
            return clean;
        }

        string? Group(string? text)
        {
            if (text is null) return null;
            // PS3.5 6.2.1: five components, 64 characters
            string[] parts = text.Split('^');
            if (parts.Length > 5) text = string.Join('^', [.. parts[..4], string.Join(' ', parts[4..])]);
            string cut = LegalValue.Cut(text, 64);
            if (cut.Length < text.Length) mended.Add("patient_name is longer than 64 characters; it was cut");
            return cut;
        }
    }

    private string? BirthDate(EmrRow row, List<string> mended)
    {
        int position = shape[WorklistColumn.PatientBirthDate];
        if (position < 0 || CellText.Of(row.Values[position]) is "") return null;
        if (CellText.Date(row.Values[position]) is { Year: >= 1800 } date) return date.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        mended.Add("patient_birth_date is no date that can be read; it was left out");
        return null;
    }

    private string? Sex(EmrRow row, List<string> mended)
    {
        int position = shape[WorklistColumn.PatientSex];
        if (position < 0) return null;
        string? word = CellText.Of(row.Values[position])?.ToUpperInvariant();
        switch (word)
        {
            case "": return null;
            case "M" or "MALE" or "1" or "남" or "남자": return "M";
            case "F" or "FEMALE" or "2" or "여" or "여자": return "F";
            case "O" or "OTHER": return "O";
            case "U" or "UNKNOWN" or "0" or "9": return null;
            default:
                mended.Add("patient_sex is not M, F or O; it was left out");
                return null;
        }
    }

    private string Essential(EmrRow row, WorklistColumn column)
    {
        string value = CellText.Of(row.Values[shape[column]]) ?? throw new RowException($"{column.SqlName()} is not text");
        if (value.Length == 0) throw new RowException($"{column.SqlName()} is empty");
        string checkedValue = column == WorklistColumn.Modality ? value.ToUpperInvariant() : value;
        if (LegalValue.Problem(column, checkedValue) is { } problem) throw new RowException($"{column.SqlName()} {problem}");
        return value;
    }

    private string Text(EmrRow row, WorklistColumn column, List<string> mended)
    {
        string? value = CellText.Of(row.Values[shape[column]]);
        string name = shape.Columns[shape[column]].Name;
        if (value is null)
        {
            if (LegalValue.IsEssential(column)) throw new RowException($"{name} is not text");
            mended.Add($"{name} is not text; it was left out");
            return "";
        }
        string legal = column == WorklistColumn.Priority ? value.ToUpperInvariant() : value;
        if (LegalValue.Problem(column, legal) is not { } problem) return value;
        if (LegalValue.IsEssential(column)) throw new RowException($"{name} {problem}");
        string rest = LegalValue.Mended(column, value);
        mended.Add(rest.Length == 0 ? $"{name} {problem}; it was left out" : $"{name} {problem}; it was cut or cleaned");
        return rest;
    }

    /// <summary>The row cannot become an order; the message names the column and why.</summary>
    private sealed class RowException(string message) : Exception(message);
}
