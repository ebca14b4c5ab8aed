using Gantry.Dicom;

namespace Gantry.Sidecar.Tests.Wire;

/// <summary>Whatever bytes come as a data set, the peer gets a status that says what is wrong, and the association goes on.</summary>
public sealed class HostileBytesTests
{
    private static readonly DicomDataset Query = Orders.AskStep((DicomTags.Modality, "MG"), (DicomTags.ScheduledProcedureStepStartDate, "20260105"))
        .Set(DicomTags.SpecificCharacterSet, "\\ISO 2022 IR 149").Set(DicomTags.PatientName, "홍*").Set(DicomTags.StudyInstanceUID, "1.2.3");

    [Theory]
    [InlineData("1.2.840.10008.1.2")]
    [InlineData("1.2.840.10008.1.2.1")]
    public async Task Spoiled_identifiers_are_answered_with_a_status_of_the_worklist(string uid)
    {
        var syntax = TransferSyntax.FromUid(uid);
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Orders.Order("ACC1"));
        await using var scu = await scp.ConnectRawAsync(syntax);
        foreach (var bytes in Spoil(Query.ToBytes(syntax)))
        {
            await scu.SendFindAsync(bytes);
            Assert.Contains((await scu.ReadFindAsync()).Final.Status, (int[])[0x0000, 0xA900, 0xC000]);
        }

        Assert.Equal(["ACC1"], (await scu.FindAsync(Orders.Ask((DicomTags.AccessionNumber, "")))).Accessions);
    }

    [Theory]
    [InlineData("A", 200_000, 0xA900)]
    [InlineData("CT\\", 40_000, 0xA900)]
    [InlineData("^*", 8_000, 0x0000)]
    [InlineData("*a", 8_000, 0x0000)]
    public async Task A_key_of_absurd_length_is_refused_or_matches_nothing_and_harms_nobody(string part, int times, int status)
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Orders.Order("ACC1"));
        await using var scu = await scp.ConnectRawAsync(TransferSyntax.ImplicitVrLittleEndian);
        var key = string.Concat(Enumerable.Repeat(part, times));
        Assert.Equal(status, (await scu.FindAsync(new DicomDataset().Set(DicomTags.PatientName, "X" + key))).Final.Status);
        Assert.Equal(["ACC1"], (await scu.FindAsync(Orders.Ask((DicomTags.AccessionNumber, "")))).Accessions);
    }

    [Theory]
    [InlineData(0x0140)]
    [InlineData(0x0120)]
    public async Task Spoiled_steps_are_answered_with_a_status_of_MPPS(int commandField)
    {
        var syntax = TransferSyntax.ExplicitVrLittleEndian;
        await using var scp = await Scp.StartAsync();
        await using var scu = await scp.ConnectRawAsync(syntax, RawScu.Mpps);
        Assert.Equal(0, (await scu.RequestAsync(0x0140, RawScu.Mpps, "1.2.3", Steps.Started().ToBytes(syntax))).Status);
        var next = 0;
        foreach (var bytes in Spoil((commandField == 0x0140 ? Steps.Started() : Steps.Ended("IN PROGRESS")).ToBytes(syntax)))
        {
            var step = commandField == 0x0140 ? $"1.2.3.{++next}" : "1.2.3";
            var response = await scu.RequestAsync(commandField, RawScu.Mpps, step, bytes);
            Assert.Contains(response.Status, (int[])[0x0000, 0x0106, 0x0107, 0x0110, 0x0112, 0x0120, 0x0121]);
            // Not the sentence for a fault of ours
            if (response.Status == 0x0110 && response.ErrorId is null)
                Assert.StartsWith("The data set cannot be read", response.ErrorComment, StringComparison.Ordinal);
            if (response.Status is not (0x0000 or 0x0107)) continue;
            // What was taken can be given back
            Assert.Equal(0x0000, (await scu.RequestAsync(0x0110, RawScu.Mpps, step)).Status);
        }
    }

    // Single bytes changed, ends cut off: the seed is fixed, so that a failure can be repeated
    private static IEnumerable<byte[]> Spoil(byte[] good)
    {
        var random = new System.Random(20260105);
        for (var i = 0; i < 600; i++)
        {
            var bytes = good.ToArray();
            for (var change = 0; change <= i % 3; change++) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            yield return i % 5 == 0 ? bytes[..(random.Next(bytes.Length / 2) * 2)] : bytes;
        }
    }
}
