using System.Buffers;
using Gantry.Dicom;
using Gantry.EmrSync.Names;
using Gantry.Sidecar.Mwl;
using Gantry.Sidecar.Peers;
using Gantry.Worklist;

namespace Gantry.Sidecar.Tests.Mwl;

public sealed class AnswerTests
{
    private static readonly PatientNames Names = new(new NameOptions());

    private static readonly StationDirectory Stations = new(new Dictionary<string, string> { ["US"] = "XC70" });

    [Theory]
    [InlineData("1.2.840.10008.1.2")]
    [InlineData("1.2.840.10008.1.2.1")]
    public void An_answer_holds_exactly_what_was_asked_in_either_syntax(string syntax)
    {
        var answer = Answer(new FakeRow(), Ask(query => query
            .Set(DicomTags.PatientName)
            .Set(DicomTags.AccessionNumber)
            .Set(DicomTags.EthnicGroup)
            .SetItems(DicomTags.ScheduledProcedureStepSequence, new DicomDataset().Set(DicomTags.Modality))), syntax: syntax);

        Assert.Equal(
            [DicomTags.AccessionNumber, DicomTags.PatientName, DicomTags.EthnicGroup, DicomTags.ScheduledProcedureStepSequence],
            answer.Select(element => element.Tag));
        Assert.Equal("SMITH^JANE", answer.GetString(DicomTags.PatientName));
        Assert.Null(answer.GetString(DicomTags.EthnicGroup));
        var step = Assert.Single(answer.GetItems(DicomTags.ScheduledProcedureStepSequence));
        Assert.Equal([DicomTags.Modality], step.Select(element => element.Tag));
        Assert.Equal("MG", step.GetString(DicomTags.Modality));
    }

    [Fact]
    public void A_query_without_keys_is_answered_with_the_whole_model()
    {
        var answer = Answer(new FakeRow(), new DicomDataset());
        var step = Assert.Single(answer.GetItems(DicomTags.ScheduledProcedureStepSequence));

        Assert.Equal("BS001234", answer.GetString(DicomTags.PatientID));
        Assert.Equal("ACC001", answer.GetString(DicomTags.RequestedProcedureID));
        Assert.Equal("ACC001", step.GetString(DicomTags.ScheduledProcedureStepID));
        Assert.Equal("20260105", step.GetString(DicomTags.ScheduledProcedureStepStartDate));
        Assert.Equal(WorklistModel.Root.Count, answer.Count);
        Assert.Equal(WorklistModel.Step.Count, step.Count);
    }

    [Fact]
    public void Type_1_ids_are_never_empty_and_fall_back_to_the_accession_number()
    {
        var row = new FakeRow().Set(WorklistColumn.RequestedProcedureId, "").Set(WorklistColumn.ScheduledStepId, "");
        var answer = Answer(row, new DicomDataset());
        Assert.Equal("ACC001", answer.GetString(DicomTags.RequestedProcedureID));
        Assert.Equal("ACC001", answer.GetItems(DicomTags.ScheduledProcedureStepSequence)[0].GetString(DicomTags.ScheduledProcedureStepID));
    }

    [Fact]
    public void A_procedure_code_comes_with_scheme_and_meaning_and_without_one_the_sequence_is_empty()
    {
        var code = Assert.Single(Answer(new FakeRow(), new DicomDataset()).GetItems(DicomTags.RequestedProcedureCodeSequence));
        Assert.Equal("MAMMO_BILAT", code.GetString(DicomTags.CodeValue));
        Assert.Equal("99LOCAL", code.GetString(DicomTags.CodingSchemeDesignator));
        Assert.Equal("Bilateral Mammography", code.GetString(DicomTags.CodeMeaning));

        var without = Answer(new FakeRow().Set(WorklistColumn.ProcedureCode, ""), new DicomDataset());
        Assert.True(without.Contains(DicomTags.RequestedProcedureCodeSequence));
        Assert.Empty(without.GetItems(DicomTags.RequestedProcedureCodeSequence));
        Assert.Equal("MG", without.GetItems(DicomTags.ScheduledProcedureStepSequence)[0].GetString(DicomTags.Modality));
    }

    [Fact]
    public void The_station_of_an_order_without_one_is_that_of_its_modality()
    {
        var answer = Answer(new FakeRow().Set(WorklistColumn.Modality, "US"), new DicomDataset());
        Assert.Equal("XC70", answer.GetItems(DicomTags.ScheduledProcedureStepSequence)[0].GetString(DicomTags.ScheduledStationAETitle));
        var own = new FakeRow().Set(WorklistColumn.Modality, "US").Set(WorklistColumn.ScheduledStationAet, "US2");
        Assert.Equal("US2", Answer(own, new DicomDataset())
            .GetItems(DicomTags.ScheduledProcedureStepSequence)[0].GetString(DicomTags.ScheduledStationAETitle));
    }

    [Fact]
    public void The_character_set_is_named_when_it_is_needed_or_asked_for()
    {
        var name = Ask(query => query.Set(DicomTags.PatientName));
        Assert.False(Answer(new FakeRow(), name).Contains(DicomTags.SpecificCharacterSet));
        var korean = Answer(new FakeRow().Set(WorklistColumn.PatientName, "홍^길동"), name);
        Assert.Equal("ISO_IR 192", korean.GetString(DicomTags.SpecificCharacterSet));
        Assert.Equal("홍^길동", korean.GetString(DicomTags.PatientName));
        var asked = Ask(query => query.Set(DicomTags.SpecificCharacterSet).Set(DicomTags.PatientName));
        Assert.Equal("ISO_IR 192", Answer(new FakeRow(), asked).GetString(DicomTags.SpecificCharacterSet));
    }

    [Fact]
    public void A_peer_gets_the_first_of_its_character_sets_that_has_all_characters()
    {
        var peer = new Peer
        {
            CharacterSets = [SpecificCharacterSet.Latin1, SpecificCharacterSet.Parse("", "ISO 2022 IR 149")],
        };
        var latin = Answer(new FakeRow().Set(WorklistColumn.PatientName, "MÜLLER^ÄNNE"), new DicomDataset(), peer);
        Assert.Equal("ISO_IR 100", latin.GetString(DicomTags.SpecificCharacterSet));
        Assert.Equal("MÜLLER^ÄNNE", latin.GetString(DicomTags.PatientName));
        var korean = Answer(new FakeRow().Set(WorklistColumn.PatientName, "홍^길동"), new DicomDataset(), peer);
        Assert.Contains("ISO 2022 IR 149", korean.GetStrings(DicomTags.SpecificCharacterSet));
        Assert.Equal("홍^길동", korean.GetString(DicomTags.PatientName));
    }

    [Theory]
    [InlineData("홍^길동", "", "HONG^GILDONG")]
    [InlineData("홍^길동", "HONG^GIL DONG", "HONG^GIL DONG")]
    [InlineData("이영희", "", "LEE^YEONGHUI")]
    [InlineData("남궁민수", "", "NAMGUNG^MINSU")]
    [InlineData("신생아2", "", "NEWBORN 2")]
    [InlineData("洪^吉洞==홍^길동", "", "HONG^GILDONG")]
    [InlineData("박^小东", "", "BS001234")] // half a name would be another name
    [InlineData("Люкcмбург^Иван", "", "Lyukcmburg^Ivan")]
    [InlineData("王^小东", "", "BS001234")]
    public void A_name_that_no_set_of_the_peer_can_hold_goes_out_in_Latin_and_never_as_question_marks(
        string name, string romanized, string expected)
    {
        var row = new FakeRow().Set(WorklistColumn.PatientName, name).Set(WorklistColumn.PatientNameRomanized, romanized);
        var answer = Answer(row, new DicomDataset(), new Peer { CharacterSets = [SpecificCharacterSet.Latin1] });
        Assert.Equal(expected, answer.GetString(DicomTags.PatientName));
    }

    [Fact]
    public void A_name_that_the_peer_can_take_stays_though_another_value_must_be_spelled_otherwise()
    {
        var korean = new Peer { CharacterSets = [SpecificCharacterSet.Parse("", "ISO 2022 IR 149")] };
        var row = new FakeRow().Set(WorklistColumn.PatientName, "홍^길동").Set(WorklistColumn.PatientNameRomanized, "HONG^GILDONG")
            .Set(WorklistColumn.StudyDescription, "흉부 😀");
        Assert.Equal("홍^길동", Answer(row, new DicomDataset(), korean).GetString(DicomTags.PatientName));
    }

    [Fact]
    public void Hangul_beside_Hanja_tells_how_the_name_sounds()
    {
        var row = new FakeRow().Set(WorklistColumn.PatientName, "李^英姬").Set(WorklistColumn.PatientNamePhonetic, "이^영희");
        Assert.Equal("LEE^YEONGHUI", Answer(row, new DicomDataset(), new Peer { CharacterSets = [SpecificCharacterSet.Latin1] }).GetString(DicomTags.PatientName));
        var wants = new Peer { Romanize = true };
        Assert.Equal("LEE^YEONGHUI==이^영희", Answer(row, new DicomDataset(), wants).GetString(DicomTags.PatientName));
    }

    [Fact]
    public void Ideographic_and_phonetic_groups_follow_the_alphabetic_one()
    {
        var row = new FakeRow().Set(WorklistColumn.PatientName, "HONG^GILDONG")
            .Set(WorklistColumn.PatientNameIdeographic, "洪^吉洞").Set(WorklistColumn.PatientNamePhonetic, "홍^길동");
        Assert.Equal("HONG^GILDONG=洪^吉洞=홍^길동", Answer(row, new DicomDataset()).GetString(DicomTags.PatientName));
    }

    [Theory]
    [InlineData(WorklistColumn.AccessionNumber, "ACC-20260105-1A2B-X", "accession_number is longer than 16 characters, which DICOM does not allow (SH)")]
    [InlineData(WorklistColumn.Modality, "M/G", "modality has characters other than A-Z")]
    [InlineData(WorklistColumn.PatientId, "BS\\1", "patient_id has a backslash")]
    [InlineData(WorklistColumn.ScheduledDate, "05.01.2026", "scheduled_date is not a date")]
    [InlineData(WorklistColumn.ScheduledTime, "10h30", "scheduled_time is not a time")]
    [InlineData(WorklistColumn.StudyInstanceUid, "1.2..3", "study_instance_uid is not a UID")]
    public void A_row_whose_identity_is_illegal_is_set_aside_with_the_reason(WorklistColumn column, string value, string reason)
    {
        var fault = Write(new FakeRow().Set(column, value), new DicomDataset(), Peer.Default, out var bytes);
        Assert.NotNull(fault);
        Assert.Equal(column, fault.Column);
        Assert.StartsWith(reason, fault.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(value, fault.Reason, StringComparison.Ordinal);
        Assert.Equal(0, bytes.WrittenCount);
    }

    [Fact]
    public void The_reason_names_the_column_that_holds_the_bad_value_also_where_it_stands_in_for_another()
    {
        var row = new FakeRow().Set(WorklistColumn.RequestedProcedureId, "").Set(WorklistColumn.AccessionNumber, "A\\1");
        var asked = Ask(query => query.Set(DicomTags.RequestedProcedureID));
        Assert.StartsWith("accession_number has a backslash", Write(row, asked, Peer.Default, out _)!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_description_of_which_a_Latin_peer_can_be_shown_nothing_gives_way_to_the_next_that_can()
    {
        var latin = new Peer { CharacterSets = [SpecificCharacterSet.Latin1] };
        var row = new FakeRow().Set(WorklistColumn.StudyDescription, "乳房摄影").Set(WorklistColumn.ProcedureCode, "检查");
        var answer = Answer(row, new DicomDataset(), latin);
        var step = answer.GetItems(DicomTags.ScheduledProcedureStepSequence)[0];
        Assert.Equal(("MG", "MG"), (answer.GetString(DicomTags.RequestedProcedureDescription), step.GetString(DicomTags.ScheduledProcedureStepDescription)));
        Assert.Empty(answer.GetItems(DicomTags.RequestedProcedureCodeSequence));

        row.Set(WorklistColumn.ProcedureCode, "MG01").Set(WorklistColumn.ProcedureCodingScheme, "本地");
        var code = Assert.Single(Answer(row, new DicomDataset(), latin).GetItems(DicomTags.RequestedProcedureCodeSequence));
        Assert.Equal(("MG01", "99LOCAL", "MG01"),
            (code.GetString(DicomTags.CodeValue), code.GetString(DicomTags.CodingSchemeDesignator), code.GetString(DicomTags.CodeMeaning)));
    }

    [Fact]
    public void Other_illegal_values_are_mended_so_that_the_patient_is_not_hidden()
    {
        var row = new FakeRow()
            .Set(WorklistColumn.StudyDescription, new string('ö', 80))
            .Set(WorklistColumn.PatientSex, "f")
            .Set(WorklistColumn.PatientWeight, "heavy")
            .Set(WorklistColumn.PatientBirthDate, "15.3.65")
            .Set(WorklistColumn.ScheduledTime, "10:30")
            .Set(WorklistColumn.ReferringPhysician, [(byte)'D', (byte)'R', 0x07, 0xFF, (byte)'X']);
        var answer = Answer(row, new DicomDataset());
        var step = answer.GetItems(DicomTags.ScheduledProcedureStepSequence)[0];

        Assert.Equal(new string('ö', 64), answer.GetString(DicomTags.RequestedProcedureDescription));
        Assert.Equal("F", answer.GetString(DicomTags.PatientSex));
        Assert.Null(answer.GetString(DicomTags.PatientWeight));
        Assert.Null(answer.GetString(DicomTags.PatientBirthDate));
        Assert.Equal("1030", step.GetString(DicomTags.ScheduledProcedureStepStartTime));
        Assert.Equal("DR  X", answer.GetString(DicomTags.ReferringPhysicianName));
    }

    [Fact]
    public void Whatever_bytes_a_row_holds_its_answer_is_a_data_set_or_it_is_set_aside()
    {
        var random = new Random(20260105);
        for (var round = 0; round < 500; round++)
        {
            var row = new FakeRow();
            foreach (var column in Enum.GetValues<WorklistColumn>())
            {
                if (random.Next(4) > 0) continue;
                var value = new byte[random.Next(200)];
                random.NextBytes(value);
                row.Set(column, value);
            }

            var fault = Write(row, new DicomDataset(), Peer.Default, out var bytes);
            if (fault is null) Assert.NotEmpty(DicomDataset.Read(bytes.WrittenMemory, TransferSyntax.ImplicitVrLittleEndian));
            else Assert.NotEmpty(fault.Reason);
        }
    }

    private static DicomDataset Ask(Func<DicomDataset, DicomDataset> build) => build(new DicomDataset());

    private static DicomDataset Answer(FakeRow row, DicomDataset identifier, Peer? peer = null, string syntax = "1.2.840.10008.1.2")
    {
        Assert.Null(Write(row, identifier, peer ?? Peer.Default, out var bytes, TransferSyntax.FromUid(syntax)));
        return DicomDataset.Read(bytes.WrittenMemory, TransferSyntax.FromUid(syntax));
    }

    private static RowFault? Write(
        FakeRow row, DicomDataset identifier, Peer peer, out ArrayBufferWriter<byte> bytes, TransferSyntax? syntax = null)
    {
        syntax ??= TransferSyntax.ImplicitVrLittleEndian;
        var asked = DicomDataset.Read(identifier.ToBytes(syntax), syntax);
        var query = new IdentifierReader(Stations, TimeProvider.System).Read(asked, peer, "ANY");
        var writer = new AnswerWriter(AnswerPlan.Make(query, syntax), peer, syntax.IsExplicitVr, query.WantsCharacterSet, Stations, Names, TimeZoneInfo.Utc);
        bytes = new ArrayBufferWriter<byte>();
        return writer.Write(row, bytes);
    }
}
