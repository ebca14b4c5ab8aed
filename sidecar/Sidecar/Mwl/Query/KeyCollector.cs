using System.Text;
using Gantry.Dicom;
using Gantry.Worklist;

namespace Gantry.Sidecar.Mwl;

/// <summary>
/// Sorts the matching keys of a query: exact ones on indexed columns go to SQL, all others become row keys. A zero-length
/// key and a lone <c>*</c> match everything and leave nothing behind (PS3.4 C.2.2.2.3).
/// </summary>
internal sealed class KeyCollector(IReadOnlyList<OrderStatus> listedStatuses, StationDirectory stations)
{
    private static readonly WorklistColumn[] PatientNameColumns =
    [
        WorklistColumn.PatientName, WorklistColumn.PatientNameIdeographic, WorklistColumn.PatientNamePhonetic,
        WorklistColumn.PatientNameRomanized,
    ];

    // Room for two hundred UIDs; each value is compared with each row
    private const int MaximumKeyLength = 16 * 1024;

    private readonly List<RowKey> _rowKeys = [];
    private IReadOnlyList<OrderStatus> _statuses = listedStatuses;
    private List<string>? _modalities, _studyInstanceUids;
    private string? _accessionNumber, _patientId, _requestedProcedureId, _scheduledStepId;
    private DateRange? _dates;
    private TimeRange? _times;
    private bool _timesAreRange;
    private (string? From, string? To) _siteDates;

    public IReadOnlyList<RowKey> RowKeys => _rowKeys;

    public bool HasUnsupportedKeys { get; set; }

    public WorklistCriteria Criteria() => new()
    {
        Statuses = _statuses,
        Modalities = _modalities,
        DateFrom = _siteDates.From,
        DateTo = _siteDates.To,
        AccessionNumber = _accessionNumber,
        PatientId = _patientId,
        RequestedProcedureId = _requestedProcedureId,
        ScheduledStepId = _scheduledStepId,
        StudyInstanceUids = _studyInstanceUids,
    };

    public void Add(RowKey key) => _rowKeys.Add(key);

    /// <summary>Takes the key of one attribute, if it has one.</summary>
    /// <exception cref="IdentifierException">The key cannot be a value of its VR.</exception>
    public void Add(WorklistAttribute attribute, DicomDataset level, DicomElement element)
    {
        if (element.Value.Length > MaximumKeyLength)
            throw new IdentifierException(element.Tag, $"{element.Tag} is longer than the {MaximumKeyLength} bytes that a key may have");
        if (element.Value.IsEmpty && level.GetBytes(element.Tag).IsEmpty) return;
        var values = level.GetStrings(element.Tag).Where(value => value.Trim().Length > 0).ToArray();
        if (values.Length == 0 || values.Any(value => value.Trim().Trim('*').Length == 0)) return;
        switch (attribute.Content)
        {
            case AttributeContent.PatientName:
                Add(new NameKey(PatientNameColumns, values[0]));
                break;
            case AttributeContent.StationAeTitle:
                Add(new StationKey(stations, Patterns(values)));
                break;
            case AttributeContent.StepStatus:
                AddStatuses(values);
                break;
            case AttributeContent.Text when attribute.Vr == DicomVr.PN:
                Add(new NameKey([attribute.Column!.Value], values[0]));
                break;
            case AttributeContent.Text when attribute.Tag == DicomTags.ScheduledProcedureStepStartDate:
                _dates = Date(element.Tag, values);
                break;
            case AttributeContent.Text when attribute.Tag == DicomTags.ScheduledProcedureStepStartTime:
                AddTime(element.Tag, values);
                break;
            case AttributeContent.Text when attribute.Vr == DicomVr.DA:
                Add(new DateKey(attribute.Column!.Value, Date(element.Tag, values)));
                break;
            case AttributeContent.Text:
                AddText(attribute, values);
                break;
            case AttributeContent.TimezoneOffset: // says how to read the other keys
                break;
            case AttributeContent.Nothing: // existence is supported, matching is not: ignored, and said (K.2.2.1.1.2)
            case AttributeContent.Number:
            case AttributeContent.Unsupported:
            case AttributeContent.PrivateCreator:
            case AttributeContent.StepSequence:
            case AttributeContent.CodeSequence:
                HasUnsupportedKeys = true;
                break;
        }
    }

    /// <summary>Joins the date and time keys, once all keys are read.</summary>
    /// <exception cref="IdentifierException">A range of times ends before it starts, and there are no dates between.</exception>
    public void AddMoments(TimeSpan? queryOffset, TimeZoneInfo site)
    {
        if (_dates is null && _times is null) return;
        if (_times is { IsOvernight: true } && _dates is null or { IsSingleDate: true })
        {
            throw new IdentifierException(DicomTags.ScheduledProcedureStepStartTime,
                $"{DicomTags.ScheduledProcedureStepStartTime} ends before it starts");
        }

        var moments = new MomentRange(_dates, _times, _timesAreRange, queryOffset, site);
        _siteDates = moments.SiteDates();
        if (!moments.IsDecidedByDateColumn) Add(new MomentKey(moments));
    }

    private void AddText(WorklistAttribute attribute, string[] values)
    {
        var takesWildcards = attribute.Vr is not (DicomVr.UI or DicomVr.DS); // PS3.4 C.2.2.2.4
        var patterns = attribute.Vr == DicomVr.CS
            ? [.. values.Select(value => new TextPattern(value, ignoreCase: true))] // a row's lower case is served as upper
            : Patterns(values, wildcards: takesWildcards);
        var isExact = patterns.TrueForAll(pattern => pattern.IsExact);
        var single = isExact && patterns is [var only] ? only.Text : null;
        switch (attribute.Column)
        {
            case WorklistColumn.Modality when isExact:
                _modalities = [.. patterns.Select(pattern => pattern.Text).Distinct()]; // the store keeps them in capital letters
                break;
            case WorklistColumn.StudyInstanceUid:
                _studyInstanceUids = [.. patterns.Select(pattern => pattern.Text)];
                break;
            case WorklistColumn.AccessionNumber when single is not null:
                _accessionNumber = single;
                break;
            case WorklistColumn.PatientId when single is not null:
                _patientId = single;
                break;
            case WorklistColumn.RequestedProcedureId when single is not null:
                _requestedProcedureId = single;
                break;
            case WorklistColumn.ScheduledStepId when single is not null:
                _scheduledStepId = single;
                break;
            case WorklistColumn.PatientSex when isExact:
                Add(new TextKey([WorklistColumn.PatientSex], [.. patterns.Select(SexPattern)]));
                break;
            default:
                Add(new TextKey([attribute.Column!.Value, .. attribute.Fallbacks], patterns));
                break;
        }
    }

    private void AddStatuses(string[] values)
    {
        var patterns = Patterns([.. values.Select(value => value.ToUpperInvariant())]);
        _statuses = [.. _statuses.Where(status => patterns.Any(pattern => pattern.Matches(StepStatusTerms.Of(status))))];
    }

    private void AddTime(DicomTag tag, string[] values)
    {
        if (values.Length > 1 || !TimeRange.TryParse(values[0], out var times))
        {
            throw new IdentifierException(tag, $"{tag} is not a time or a range of times");
        }

        (_times, _timesAreRange) = (times, values[0].Contains('-', StringComparison.Ordinal));
    }

    private static DateRange Date(DicomTag tag, string[] values) =>
        values.Length == 1 && DateRange.TryParse(values[0], out var dates)
            ? dates : throw new IdentifierException(tag, $"{tag} is not a date or a range of dates");

    // Some modalities ask for MALE; the store keeps M, F and O
    private static TextPattern SexPattern(TextPattern asked) =>
        ValueMender.Sex(Encoding.UTF8.GetBytes(asked.Text)) is { IsEmpty: false } letter
            ? new TextPattern(Encoding.ASCII.GetString(letter), ignoreCase: true) : asked;

    private static List<TextPattern> Patterns(string[] values, bool wildcards = true) =>
        [.. values.Select(value => new TextPattern(value, wildcards: wildcards))];
}
