using Gantry.Dicom;
using Gantry.Dicom.Network;
using Gantry.Worklist;

namespace Gantry.Sidecar.Tests.Wire.Mpps;

/// <summary>What a modality is told when the store cannot do its part.</summary>
public sealed class Mpps08_StoreFaultTests : MppsTest
{
    [Fact]
    public async Task A_step_that_cannot_be_stored_now_may_be_sent_again()
    {
        Scp.Fault = operation => operation == nameof(IWorklistStore.CreateStepAsync) ? WorklistStoreFailure.DiskFull : null;
        var response = await Client.CreateStepAsync(Uid, Steps.Started());
        AssertRefused(DimseStatus.ProcessingFailure, response);
        Assert.Equal("The step cannot be stored now; send it again", response.ErrorComment);

        Scp.Fault = _ => null;
        await StartStepAsync();
    }

    [Theory]
    [InlineData(nameof(IWorklistStore.CreateStepAsync))]
    [InlineData(nameof(IWorklistStore.ChangeStepAsync))]
    public async Task A_value_that_the_store_cannot_hold_is_invalid_and_nobody_is_asked_to_send_it_again(string operation)
    {
        if (operation == nameof(IWorklistStore.ChangeStepAsync)) await StartStepAsync();
        Scp.Fault = called => called == operation ? WorklistStoreFailure.InvalidValue : null;
        var response = operation == nameof(IWorklistStore.ChangeStepAsync)
            ? await Client.SetStepAsync(Uid, Steps.Ended()) : await Client.CreateStepAsync(Uid, Steps.Started());
        AssertRefused(DimseStatus.InvalidAttributeValue, response);
        Assert.DoesNotContain("again", response.ErrorComment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_N_GET_that_cannot_read_says_so()
    {
        await StartStepAsync();
        Scp.Fault = operation => operation == nameof(IWorklistStore.GetStepAsync) ? WorklistStoreFailure.CannotOpen : null;
        var response = await Client.GetStepAsync(Uid);
        AssertRefused(DimseStatus.ProcessingFailure, response);
        Assert.Equal("The step cannot be read now; ask again", response.ErrorComment);
    }

    [Fact]
    public async Task A_step_that_names_thousands_of_scheduled_steps_is_refused_and_a_hundred_are_taken()
    {
        static DicomDataset[] References(int count) => [.. Enumerable.Range(1, count).Select(i => Steps.Of($"1.2.3.{i}"))];
        var response = await Client.CreateStepAsync(Uid, Steps.Started(References(101)));
        AssertRefused(DimseStatus.InvalidAttributeValue, response, DicomTags.ScheduledStepAttributesSequence);
        Assert.Equal("A step performs 100 scheduled steps at most", response.ErrorComment);
        await StartStepAsync(Steps.Started(References(100)));
        Assert.Equal(100, (await Scp.Store.GetStepAsync(Uid, default))!.References.Count);
    }
}
