using Gantry.Dicom;
using Gantry.Sidecar.Peers;
using Gantry.Worklist;

namespace Gantry.Sidecar.Mwl;

/// <summary>Reads a C-FIND identifier into a <see cref="WorklistQuery"/> (PS3.4 K.4.1.1.3).</summary>
internal sealed class IdentifierReader(StationDirectory stations, TimeProvider clock)
{
    /// <summary>The query for all attributes of all scheduled orders.</summary>
    public static WorklistQuery Everything { get; } = new(
        new WorklistCriteria { Statuses = [OrderStatus.Scheduled] }, [], WholeModel(), WantsCharacterSet: false, HasUnsupportedKeys: false);

    /// <exception cref="IdentifierException">The identifier does not match the SOP class.</exception>
    public WorklistQuery Read(DicomDataset identifier, Peer peer, string callingAeTitle)
    {
        var keys = new KeyCollector(peer.ListedStatuses, stations);
        var attributes = ReadLevel(identifier, WorklistModel.Root, keys);
        if (peer.OwnStepsOnly) keys.Add(new StationKey(stations, [new TextPattern(callingAeTitle, wildcards: false)]));
        keys.AddMoments(QueryOffset(identifier), clock.LocalTimeZone);
        if (attributes.Count == 0) attributes = WholeModel();
        var criteria = keys.Criteria() with { Columns = Columns(attributes, keys.RowKeys) };
        return new WorklistQuery(criteria, keys.RowKeys, attributes,
            identifier.Contains(DicomTags.SpecificCharacterSet), keys.HasUnsupportedKeys);
    }

    private static List<RequestedAttribute> ReadLevel(
        DicomDataset level, IReadOnlyDictionary<DicomTag, WorklistAttribute> model, KeyCollector keys)
    {
        var attributes = new List<RequestedAttribute>(level.Count);
        foreach (var element in level)
        {
            if (element.Tag.IsGroupLength || element.Tag == DicomTags.SpecificCharacterSet) continue;
            if (!model.TryGetValue(element.Tag, out var known))
            {
                attributes.Add(Unknown(element));
                keys.HasUnsupportedKeys |= attributes[^1].Known.Content == AttributeContent.Unsupported;
                continue;
            }

            IReadOnlyList<RequestedAttribute> items = known.Content switch
            {
                AttributeContent.StepSequence => ReadSequence(element, WorklistModel.Step, keys),
                AttributeContent.CodeSequence => ReadSequence(element, WorklistModel.Code, keys),
                _ => [],
            };
            if (known.Vr != DicomVr.SQ) keys.Add(known, level, element);
            attributes.Add(new RequestedAttribute(element.Tag, known.Vr, known, items));
        }

        return attributes;
    }

    // No item, or one item without keys, asks for all that there is inside (PS3.4 C.2.2.2.6)
    private static List<RequestedAttribute> ReadSequence(
        DicomElement sequence, IReadOnlyDictionary<DicomTag, WorklistAttribute> model, KeyCollector keys)
    {
        if (sequence.Items.Count > 1)
        {
            throw new IdentifierException(sequence.Tag, $"{sequence.Tag} has {sequence.Items.Count} items; one is allowed");
        }

        var attributes = sequence.Items is [var item] ? ReadLevel(item, model, keys) : [];
        return attributes.Count > 0 ? attributes : Whole(model);
    }

    private static RequestedAttribute Unknown(DicomElement element)
    {
        var isCreator = element.Tag.IsPrivate && element.Tag.Element is >= 0x10 and <= 0xFF
            && element.Value.Length <= 64; // a creator is an LO; a longer one would go back in every answer
        var content = isCreator ? AttributeContent.PrivateCreator : AttributeContent.Unsupported;
        return new RequestedAttribute(element.Tag, element.Vr, new WorklistAttribute(element.Tag, element.Vr, content), [],
            isCreator ? element.Value : default);
    }

    // The accession number always: it names a row that is set aside
    private static List<WorklistColumn> Columns(IReadOnlyList<RequestedAttribute> attributes, IReadOnlyList<RowKey> keys)
    {
        var columns = new HashSet<WorklistColumn> { WorklistColumn.AccessionNumber };
        AddColumns(attributes, columns);
        foreach (var key in keys) columns.UnionWith(key.Columns);
        return [.. columns];
    }

    private static void AddColumns(IReadOnlyList<RequestedAttribute> attributes, HashSet<WorklistColumn> columns)
    {
        foreach (var attribute in attributes)
        {
            columns.UnionWith(attribute.Known.Columns);
            AddColumns(attribute.Items, columns);
        }
    }

    private static List<RequestedAttribute> WholeModel() => Whole(WorklistModel.Root);

    private static List<RequestedAttribute> Whole(IReadOnlyDictionary<DicomTag, WorklistAttribute> model) =>
        [.. model.Values.OrderBy(known => known.Tag).Select(known => new RequestedAttribute(known.Tag, known.Vr, known,
            known.Content switch
            {
                AttributeContent.StepSequence => Whole(WorklistModel.Step),
                AttributeContent.CodeSequence => Whole(WorklistModel.Code),
                _ => [],
            }))];

    private TimeSpan? QueryOffset(DicomDataset identifier)
    {
        if (identifier.GetString(DicomTags.TimezoneOffsetFromUTC) is not { } text) return null;
        if (!RowTime.TryParseOffset(text, out var offset))
        {
            throw new IdentifierException(DicomTags.TimezoneOffsetFromUTC, "Timezone Offset From UTC is not of the form +hhmm");
        }

        // In a zone that never changes its offset, its own needs no converting
        var site = clock.LocalTimeZone;
        return offset == site.BaseUtcOffset && !site.SupportsDaylightSavingTime ? null : offset;
    }
}
