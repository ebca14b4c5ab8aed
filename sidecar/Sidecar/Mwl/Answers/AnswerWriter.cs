using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using Gantry.Dicom;
using Gantry.EmrSync.Names;
using Gantry.Sidecar.Peers;
using Gantry.Worklist;

namespace Gantry.Sidecar.Mwl;

/// <summary>
/// Writes rows as answers to one query. The bytes go from the row straight into the association's send buffer; strings
/// appear only where a value is illegal or a peer cannot take its characters.
/// </summary>
internal sealed class AnswerWriter(
    IReadOnlyList<AnswerPart> parts, Peer peer, bool isExplicit, bool wantsCharacterSet, StationDirectory stations, PatientNames names,
    TimeZoneInfo site)
{
    private readonly AnswerPart[] _parts = [.. parts];
    private int _sizeHint = 2048;

    // Of the answer being written
    private SpecificCharacterSet _characterSet = SpecificCharacterSet.Utf8;
    private bool _writesCharacterSet, _hasWideCharacters, _isUnrepresentable, _isTransliterated;
    private RowFault? _fault;

    /// <summary>Writes one row; null if that was done, else why it cannot be served, with nothing written.</summary>
    public RowFault? Write(IWorklistCursor row, IBufferWriter<byte> output)
    {
        _isTransliterated = false;
        foreach (var characterSet in peer.CharacterSets)
        {
            if (TryWrite(row, output, characterSet)) return null;
            if (_fault is not null) return _fault;
        }

        // None of the peer's sets has all the characters: what the first one lacks is written in Latin letters
        _isTransliterated = true;
        return TryWrite(row, output, peer.CharacterSets[0]) ? null : _fault;
    }

    private bool TryWrite(IWorklistCursor row, IBufferWriter<byte> output, SpecificCharacterSet characterSet)
    {
        _characterSet = characterSet;
        _writesCharacterSet = wantsCharacterSet;
        while (true)
        {
            _fault = null;
            (_hasWideCharacters, _isUnrepresentable) = (false, false);
            var buffer = new AnswerBuffer(output.GetSpan(_sizeHint), isExplicit);
            Write(row, ref buffer);
            if (_fault is not null || _isUnrepresentable) return false;
            if (_hasWideCharacters && !_writesCharacterSet)
            {
                _writesCharacterSet = true;
                continue;
            }

            if (buffer.IsFull)
            {
                _sizeHint *= 2;
                continue;
            }

            output.Advance(buffer.Position);
            return true;
        }
    }

    private void Write(IWorklistCursor row, ref AnswerBuffer buffer)
    {
        Span<int> open = stackalloc int[4];
        var depth = 0;
        for (var i = 0; i < _parts.Length && _fault is null && !_isUnrepresentable; i++)
        {
            ref readonly var part = ref _parts[i];
            switch (part.Kind)
            {
                case AnswerPartKind.Constant:
                    buffer.Write(part.Constant);
                    break;
                case AnswerPartKind.CharacterSet:
                    if (_writesCharacterSet) WriteCharacterSet(ref buffer);
                    break;
                case AnswerPartKind.Text:
                    WriteColumns(in part, row, ref buffer);
                    break;
                case AnswerPartKind.PatientName:
                    WritePatientName(in part, row, ref buffer);
                    break;
                case AnswerPartKind.StationAeTitle:
                    WriteText(in part, stations.AeTitleOf(row), ref buffer);
                    break;
                case AnswerPartKind.StepStatus:
                    buffer.WriteElement(part.Tag, part.Vr, StepStatusTerms.OfStored(row[part.Column]));
                    break;
                case AnswerPartKind.Number:
                    WriteNumber(in part, row[part.Column], ref buffer);
                    break;
                case AnswerPartKind.TimezoneOffset:
                    WriteTimezoneOffset(in part, row, ref buffer);
                    break;
                case AnswerPartKind.BeginSequence:
                    open[depth++] = buffer.BeginSequence(part.Tag);
                    break;
                case AnswerPartKind.BeginCodeSequence when !HasCode(row):
                    buffer.WriteHeader(part.Tag, DicomVr.SQ, 0);
                    i += part.Skip;
                    break;
                case AnswerPartKind.BeginCodeSequence:
                    open[depth++] = buffer.BeginSequence(part.Tag);
                    break;
                case AnswerPartKind.EndSequence:
                    buffer.EndSequence(open[--depth]);
                    break;
            }
        }
    }

    // A code that Code Value cannot hold, or the peer's characters cannot write, is left out: cut or spelled otherwise, it would be
    // another code. The description says what it is.
    private bool HasCode(IWorklistCursor row)
    {
        var code = row[WorklistColumn.ProcedureCode].Trim((byte)' ');
        return !code.IsEmpty && (DicomVrRules.IsPlain(DicomVr.SH, code) || (DicomVrRules.Validate(DicomVr.SH, code) is null
            && (!_isTransliterated || _characterSet.CanEncode(Encoding.UTF8.GetString(code)))));
    }

    // The first of its columns in which something is left to write. A local code without a scheme would be illegal (PS3.3
    // Table 8.8-1: type 1), and '99...' is the standard's form for one
    private void WriteColumns(in AnswerPart part, IWorklistCursor row, ref AnswerBuffer buffer)
    {
        if (TryWriteText(in part, part.Column, row[part.Column], ref buffer)) return;
        for (var i = 0; i < part.Fallbacks?.Length; i++)
            if (TryWriteText(in part, part.Fallbacks[i], row[part.Fallbacks[i]], ref buffer)) return;
        if (part.Column == WorklistColumn.ProcedureCodingScheme) buffer.WriteElement(part.Tag, part.Vr, "99LOCAL"u8);
        else buffer.WriteHeader(part.Tag, part.Vr, 0);
    }

    private void WriteText(in AnswerPart part, ReadOnlySpan<byte> value, ref AnswerBuffer buffer)
    {
        if (!TryWriteText(in part, part.Column, value, ref buffer)) buffer.WriteHeader(part.Tag, part.Vr, 0);
    }

    /// <summary>False, with nothing written, if the value is empty or nothing is left of it; a fault counts as written.</summary>
    private bool TryWriteText(in AnswerPart part, WorklistColumn column, ReadOnlySpan<byte> value, ref AnswerBuffer buffer)
    {
        value = value.Trim((byte)' ');
        if (column == WorklistColumn.PatientSex) value = ValueMender.Sex(value);
        if (value.IsEmpty) return false;
        if (!DicomVrRules.IsPlain(part.Vr, value) && DicomVrRules.Validate(part.Vr, value) is { } reason)
        {
            if (ValueMender.Mend(part.Vr, part.Column, value) is not { } mended)
            {
                _fault = RowFault.Illegal(column, part.Vr, reason);
                return true;
            }

            if (mended.Length == 0) return false;
            value = mended;
        }

        return TryWriteLegal(in part, column, value, ref buffer);
    }

    private bool TryWriteLegal(in AnswerPart part, WorklistColumn column, ReadOnlySpan<byte> value, ref AnswerBuffer buffer)
    {
        var (tag, vr) = (part.Tag, part.Vr);
        if (Ascii.IsValid(value))
        {
            buffer.WriteElement(tag, vr, value);
            return true;
        }

        if (ReferenceEquals(_characterSet, SpecificCharacterSet.Utf8))
        {
            _hasWideCharacters = true;
            buffer.WriteElement(tag, vr, value);
            return true;
        }

        var room = buffer.ValueSpan(vr);
        if (room.Length < _characterSet.MaxEncodedLength(value.Length))
        {
            buffer.MarkFull();
            return true;
        }

        if (_characterSet.TryEncodeUtf8(value, vr, room, out var written))
        {
            _hasWideCharacters = true;
            buffer.CloseElement(tag, vr, written);
            return true;
        }

        if (_isTransliterated) return TryWriteTransliterated(in part, column, value, ref buffer);
        _isUnrepresentable = true;
        return true;
    }

    private bool TryWriteTransliterated(in AnswerPart part, WorklistColumn column, ReadOnlySpan<byte> value, ref AnswerBuffer buffer)
    {
        // An id in other letters would be another id
        if (RowFault.IsEssential(part.Column))
        {
            _fault = RowFault.NotInCharacterSet(column);
            return true;
        }

        var text = Encoding.UTF8.GetString(value);
        var latin = part.Vr == DicomVr.PN ? names.InLatin(text) : LatinText.ToAscii(text);
        var limit = DicomVrRules.MaximumCharacters(part.Vr) ?? int.MaxValue;
        if (latin.Length > limit) latin = latin[..limit].TrimEnd();
        if (latin.Length == 0) return false;
        buffer.WriteElement(part.Tag, part.Vr, Encoding.ASCII.GetBytes(latin));
        return true;
    }

    private void WritePatientName(in AnswerPart part, IWorklistCursor row, ref AnswerBuffer buffer)
    {
        var name = row[WorklistColumn.PatientName].Trim((byte)' ');
        var romanized = row[WorklistColumn.PatientNameRomanized].Trim((byte)' ');
        if (_isTransliterated && (peer.Romanize || name.IsEmpty || !CanEncode(WithGroups(name, row))))
        {
            WriteText(in part, NameInLatin(name, romanized, row), ref buffer);
            return;
        }

        if (name.IsEmpty) name = romanized;
        else if (peer.Romanize && (!romanized.IsEmpty || !Ascii.IsValid(name))) name = NameInLatin(name, romanized, row);
        WriteText(in part, WithGroups(name, row), ref buffer);
    }

    // Groups of their own columns follow the alphabetic one, unless the EMR wrote all groups into the first column
    private static ReadOnlySpan<byte> WithGroups(ReadOnlySpan<byte> name, IWorklistCursor row)
    {
        var ideographic = row[WorklistColumn.PatientNameIdeographic].Trim((byte)' ');
        var phonetic = row[WorklistColumn.PatientNamePhonetic].Trim((byte)' ');
        if ((ideographic.IsEmpty && phonetic.IsEmpty) || name.Contains((byte)'=')) return name;
        return phonetic.IsEmpty
            ? (byte[])[.. name, (byte)'=', .. ideographic] : [.. name, (byte)'=', .. ideographic, (byte)'=', .. phonetic];
    }

    // What the peer can take as it is; else the EMR's own Latin spelling, then ours; a name of which nothing tells the sound is
    // shown by its patient id
    private ReadOnlySpan<byte> NameInLatin(ReadOnlySpan<byte> name, ReadOnlySpan<byte> romanized, IWorklistCursor row)
    {
        var alphabetic = name.IndexOf((byte)'=') is >= 0 and var end ? name[..end] : name;
        if (!peer.Romanize && !alphabetic.IsEmpty && CanEncode(alphabetic)) return alphabetic;
        if (!romanized.IsEmpty) return romanized;
        var modality = Encoding.UTF8.GetString(row[WorklistColumn.Modality]);
        var latin = names.InLatin(Encoding.UTF8.GetString(alphabetic), modality);
        if (latin.Length == 0) latin = names.InLatin(Encoding.UTF8.GetString(Reading(name, row)), modality);
        return latin.Length > 0 ? Encoding.ASCII.GetBytes(latin) : row[WorklistColumn.PatientId];
    }

    private bool CanEncode(ReadOnlySpan<byte> utf8) => _characterSet.CanEncode(Encoding.UTF8.GetString(utf8));

    // Hangul or kana beside a name in Hanja or Kanji say how it sounds
    private static ReadOnlySpan<byte> Reading(ReadOnlySpan<byte> name, IWorklistCursor row) =>
        name.Count((byte)'=') == 2 ? name[(name.LastIndexOf((byte)'=') + 1)..] : row[WorklistColumn.PatientNamePhonetic];

    private void WriteCharacterSet(ref AnswerBuffer buffer)
    {
        Span<byte> terms = stackalloc byte[128];
        var length = 0;
        for (var i = 0; i < _characterSet.DefinedTerms.Count; i++)
        {
            if (i > 0) terms[length++] = (byte)'\\'; // also behind a first term that is empty
            length += Encoding.ASCII.GetBytes(_characterSet.DefinedTerms[i], terms[length..]);
        }

        buffer.WriteElement(DicomTags.SpecificCharacterSet, DicomVr.CS, terms[..length]);
    }

    private static void WriteNumber(in AnswerPart part, ReadOnlySpan<byte> text, ref AnswerBuffer buffer)
    {
        if (!Utf8Parser.TryParse(text, out ushort number, out var read) || read != text.Length)
        {
            buffer.WriteHeader(part.Tag, part.Vr, 0);
            return;
        }

        Span<byte> value = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(value, number);
        buffer.WriteHeader(part.Tag, part.Vr, 2);
        buffer.Write(value);
    }

    // The offset of the site on the day of the exam, which daylight saving time may change
    private void WriteTimezoneOffset(in AnswerPart part, IWorklistCursor row, ref AnswerBuffer buffer)
    {
        if (!RowTime.TryReadDate(row[WorklistColumn.ScheduledDate], out var date)
            || !RowTime.TryReadTime(row[WorklistColumn.ScheduledTime], out var ticks))
        {
            buffer.WriteHeader(part.Tag, part.Vr, 0);
            return;
        }

        var offset = site.GetUtcOffset(date.ToDateTime(new TimeOnly(ticks)));
        Span<byte> text = stackalloc byte[5];
        text[0] = offset < TimeSpan.Zero ? (byte)'-' : (byte)'+';
        offset = offset.Duration();
        Utf8Formatter.TryFormat(offset.Hours, text[1..], out _, new StandardFormat('D', 2));
        Utf8Formatter.TryFormat(offset.Minutes, text[3..], out _, new StandardFormat('D', 2));
        buffer.WriteElement(part.Tag, part.Vr, text);
    }
}
