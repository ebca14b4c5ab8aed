using System.Buffers;
using Gantry.Dicom;

namespace Gantry.Sidecar.Mwl;

/// <summary>
/// What every answer to one query looks like: the asked attributes as a flat list of steps, with all that does not depend
/// on the row already in bytes.
/// </summary>
internal sealed class AnswerPlan
{
    private readonly List<AnswerPart> _parts = [];
    private readonly ArrayBufferWriter<byte> _constant = new();
    private readonly bool _isExplicit;

    private AnswerPlan(bool isExplicit) => _isExplicit = isExplicit;

    public static IReadOnlyList<AnswerPart> Make(WorklistQuery query, TransferSyntax syntax)
    {
        var plan = new AnswerPlan(syntax.IsExplicitVr);
        plan.AddLevel(query.Attributes, isRoot: true);
        plan.EndConstant();
        return plan._parts;
    }

    private void AddLevel(IReadOnlyList<RequestedAttribute> attributes, bool isRoot)
    {
        var characterSetIsDue = isRoot;
        foreach (var attribute in attributes)
        {
            if (characterSetIsDue && attribute.Tag > DicomTags.SpecificCharacterSet)
            {
                Add(new AnswerPart(AnswerPartKind.CharacterSet, DicomTags.SpecificCharacterSet, DicomVr.CS));
                characterSetIsDue = false;
            }

            AddAttribute(attribute);
        }
    }

    private void AddAttribute(RequestedAttribute attribute)
    {
        var known = attribute.Known;
        switch (known.Content)
        {
            case AttributeContent.Nothing or AttributeContent.Unsupported:
                AddConstant(attribute, default);
                break;
            case AttributeContent.PrivateCreator:
                AddConstant(attribute, attribute.Echo.Span);
                break;
            case AttributeContent.Text:
                Add(new AnswerPart(AnswerPartKind.Text, attribute.Tag, attribute.Vr, known.Column!.Value, known.Fallbacks));
                break;
            case AttributeContent.PatientName:
                Add(new AnswerPart(AnswerPartKind.PatientName, attribute.Tag, attribute.Vr, known.Column!.Value));
                break;
            case AttributeContent.StationAeTitle:
                Add(new AnswerPart(AnswerPartKind.StationAeTitle, attribute.Tag, attribute.Vr, known.Column!.Value));
                break;
            case AttributeContent.StepStatus:
                Add(new AnswerPart(AnswerPartKind.StepStatus, attribute.Tag, attribute.Vr, known.Column!.Value));
                break;
            case AttributeContent.Number:
                Add(new AnswerPart(AnswerPartKind.Number, attribute.Tag, attribute.Vr, known.Column!.Value));
                break;
            case AttributeContent.TimezoneOffset:
                Add(new AnswerPart(AnswerPartKind.TimezoneOffset, attribute.Tag, attribute.Vr));
                break;
            case AttributeContent.StepSequence:
                AddSequence(AnswerPartKind.BeginSequence, attribute);
                break;
            case AttributeContent.CodeSequence:
                AddSequence(AnswerPartKind.BeginCodeSequence, attribute);
                break;
        }
    }

    private void AddSequence(AnswerPartKind kind, RequestedAttribute sequence)
    {
        EndConstant();
        var begin = _parts.Count;
        _parts.Add(default);
        AddLevel(sequence.Items, isRoot: false);
        Add(new AnswerPart(AnswerPartKind.EndSequence, sequence.Tag, sequence.Vr));
        _parts[begin] = new AnswerPart(kind, sequence.Tag, sequence.Vr, Skip: _parts.Count - begin - 1);
    }

    private void AddConstant(RequestedAttribute attribute, ReadOnlySpan<byte> value)
    {
        Span<byte> element = stackalloc byte[12];
        var buffer = new AnswerBuffer(element, _isExplicit);
        buffer.WriteHeader(attribute.Tag, attribute.Vr, value.Length);
        _constant.Write(buffer.Written);
        _constant.Write(value);
    }

    private void Add(AnswerPart part)
    {
        EndConstant();
        _parts.Add(part);
    }

    private void EndConstant()
    {
        if (_constant.WrittenCount == 0) return;
        _parts.Add(new AnswerPart(AnswerPartKind.Constant, default, default, Constant: _constant.WrittenSpan.ToArray()));
        _constant.ResetWrittenCount();
    }
}
