using Gantry.Dicom;
using Gantry.Dicom.Network;

namespace Gantry.Sidecar.Tests.Wire.Mwl;

/// <summary>Point 1: contexts are judged one by one (PS3.8 9.3.3.2), and the association goes on with those accepted.</summary>
public sealed class Mwl01_PresentationContextTests
{
    private const string Implicit = "1.2.840.10008.1.2";
    private const string Explicit = "1.2.840.10008.1.2.1";
    private const string JpegBaseline = "1.2.840.10008.1.2.4.50";

    [Theory]
    [InlineData(Explicit, Implicit, Explicit)]
    [InlineData(Explicit, Explicit, Implicit)]
    [InlineData(Implicit, Implicit)]
    [InlineData(Explicit, Explicit)]
    [InlineData(Implicit, JpegBaseline, Implicit)]
    public async Task Explicit_VR_is_preferred_and_Implicit_VR_always_taken(string chosen, params string[] proposed)
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Orders.Order("ACC1"));
        await using var scu = await RawScu.ConnectAsync(scp.EndPoint, [new PresentationContext(1, RawScu.Worklist, proposed)]);

        var answer = Assert.Single(scu.Accepted.PresentationContexts);
        Assert.Equal(ContextResult.Acceptance, answer.Result);
        Assert.Equal([chosen], answer.TransferSyntaxes);
        Assert.Equal("SMITH^JANE", (await scu.FindAsync(Orders.Ask((DicomTags.PatientName, "")))).Succeeded()[0].GetString(DicomTags.PatientName));
    }

    [Fact]
    public async Task An_unknown_SOP_class_and_an_unknown_syntax_are_refused_alone_and_the_rest_goes_on()
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Orders.Order("ACC1"));
        await using var scu = await RawScu.ConnectAsync(scp.EndPoint,
        [
            new PresentationContext(1, "1.2.840.10008.5.1.4.1.2.2.1", [Explicit, Implicit]), // Study Root FIND: not ours
            new PresentationContext(3, RawScu.Worklist, [JpegBaseline]),
            new PresentationContext(5, RawScu.Worklist, [Implicit]),
            new PresentationContext(7, RawScu.Verification, [Explicit]),
        ]);

        Assert.Equal(
            [ContextResult.AbstractSyntaxNotSupported, ContextResult.TransferSyntaxesNotSupported, ContextResult.Acceptance,
                ContextResult.Acceptance],
            scu.Accepted.PresentationContexts.Select(context => context.Result));
        Assert.Equal([1, 3, 5, 7], scu.Accepted.PresentationContexts.Select(context => (int)context.Id));
        Assert.Equal(["ACC1"], (await scu.FindAsync(Orders.Ask((DicomTags.AccessionNumber, "")), contextId: 5)).Accessions);
        Assert.Equal(0x0000, (await scu.EchoAsync(contextId: 7)).Status);
        await scu.ReleaseAsync();
    }

    [Fact]
    public async Task The_same_SOP_class_may_be_proposed_once_for_each_syntax_and_each_context_answers_in_its_own()
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Orders.Order("ACC1"));
        await using var scu = await RawScu.ConnectAsync(scp.EndPoint,
            [new PresentationContext(1, RawScu.Worklist, [Implicit]), new PresentationContext(3, RawScu.Worklist, [Explicit])]);
        foreach (byte context in (byte[])[1, 3])
        {
            var found = await scu.FindAsync(Orders.AskStep((DicomTags.Modality, "")), context);
            Assert.Equal("MG", found.Succeeded()[0].StepOf().GetString(DicomTags.Modality));
        }
    }

    [Fact]
    public async Task Dozens_of_contexts_are_one_association()
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Orders.Order("ACC1"));
        PresentationContext[] contexts =
        [
            .. Enumerable.Range(0, 127).Select(i => new PresentationContext(
                (byte)(2 * i + 1), $"1.2.840.10008.5.1.4.1.1.77.1.5.{i + 100}", [Explicit, Implicit, JpegBaseline])),
            new PresentationContext(255, RawScu.Worklist, [Implicit]),
        ];
        await using var scu = await RawScu.ConnectAsync(scp.EndPoint, contexts);
        Assert.Equal(128, scu.Accepted.PresentationContexts.Count);
        Assert.Equal(["ACC1"], (await scu.FindAsync(Orders.Ask((DicomTags.AccessionNumber, "")), contextId: 255)).Accessions);
    }
}
