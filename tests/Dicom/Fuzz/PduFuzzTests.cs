using System.Buffers;
using Gantry.Dicom.Network;
using Gantry.Dicom.Tests.Pdus;

namespace Gantry.Dicom.Tests.Fuzz;

public sealed class PduFuzzTests
{
    [Fact]
    public void A_spoiled_conversation_gives_pdus_and_then_wants_more_or_is_a_violation()
    {
        var endings = new Dictionary<string, int>();
        var count = FuzzRun.ForEach(fuzzCase =>
        {
            var bytes = fuzzCase.Bytes;
            var before = GC.GetAllocatedBytesForCurrentThread();
            var ending = "more";
            try
            {
                var input = new ReadOnlySequence<byte>(bytes);
                while (PduReader.TryRead(ref input, 16384, out _)) { }
                if (input.IsEmpty) ending = "whole";
            }
            catch (ProtocolViolationException)
            {
                ending = "violation";
            }
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated <= 65536 + 64L * bytes.Length, $"{allocated} bytes allocated");
            endings[ending] = endings.GetValueOrDefault(ending) + 1;
        });
        Assert.True(count < 500 || endings.Count == 3, "A fuzzer that does not find all three endings has gone blunt.");
    }

    [Fact]
    public void A_spoiled_conversation_reads_the_same_however_it_is_cut() => FuzzRun.ForEach(fuzzCase =>
    {
        var bytes = fuzzCase.Bytes;
        var cuts = Enumerable.Range(1, 40).Select(number => (int)(number * 2654435761L % Math.Max(1, bytes.Length)));
        Assert.Equal(Read(new ReadOnlySequence<byte>(bytes)), Read(bytes.Length == 0 ? default : PduBytes.Cut(bytes, cuts)));
    });

    [Fact]
    public void An_acceptor_has_an_action_for_whatever_a_peer_sends() => FuzzRun.ForEach(fuzzCase =>
    {
        var state = Take(AssociationState.Idle, AssociationEvent.TransportIndicated);
        var input = new ReadOnlySequence<byte>(fuzzCase.Bytes);
        var isInvalid = false;
        while (!isInvalid && state is not (AssociationState.Idle or AssociationState.AwaitingTransportClose))
        {
            AssociationEvent happened;
            try
            {
                if (!PduReader.TryRead(ref input, 16384, out var pdu)) break;
                happened = EventOf(pdu);
            }
            catch (ProtocolViolationException)
            {
                (happened, isInvalid) = (AssociationEvent.InvalidPduReceived, true);
            }
            state = Take(state, happened);
            if (state == AssociationState.AwaitingLocalAssociateResponse) state = Take(state, AssociationEvent.AssociateAccepted);
            if (state == AssociationState.AwaitingLocalReleaseResponse) state = Take(state, AssociationEvent.ReleaseResponded);
        }
        if (isInvalid) Assert.Equal(AssociationState.AwaitingTransportClose, state);
        if (state != AssociationState.Idle) Assert.Equal(AssociationState.Idle, Take(state, AssociationEvent.TransportClosed));
    });

    [Fact]
    public void The_same_seed_gives_the_same_case()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            Assert.Equal(FuzzCase.FromSeed(seed).Story, FuzzCase.FromSeed(seed).Story);
            Assert.Equal(FuzzCase.FromSeed(seed).Bytes, FuzzCase.FromSeed(seed).Bytes);
        }
    }

    [Fact]
    public void Every_mutation_changes_some_conversation() => Assert.All(FuzzMutation.All, mutation =>
    {
        var random = new Random(1);
        Assert.Contains(FuzzConversation.All, conversation => Enumerable.Range(0, 20).Any(_ =>
        {
            var before = conversation.Pdus.SelectMany(pdu => pdu).ToArray();
            var after = mutation.Apply(random, conversation.Pdus);
            Assert.NotEmpty(after);
            Assert.Equal(before, conversation.Pdus.SelectMany(pdu => pdu)); // the ground stays whole
            return !after.SelectMany(pdu => pdu).SequenceEqual(before);
        }));
    });

    [Fact]
    public void A_failing_case_is_named_by_its_seed()
    {
        var error = Assert.Throws<InvalidOperationException>(() => FuzzRun.ForEach(_ => throw new FormatException("broken")));
        Assert.Matches("GANTRY_FUZZ_SEED=-?[0-9]+ ", error.Message);
        Assert.IsType<FormatException>(error.InnerException);
    }

    private static AssociationState Take(AssociationState state, AssociationEvent happened)
    {
        var transition = AssociationStateMachine.Next(state, happened);
        Assert.NotEqual(AssociationAction.NotPossible, transition.Action);
        return transition.Next;
    }

    private static AssociationEvent EventOf(Pdu pdu) => pdu switch
    {
        Pdu.AssociateRequest => AssociationEvent.AssociateRequestReceived,
        Pdu.AssociateAccept => AssociationEvent.AssociateAcceptReceived,
        Pdu.AssociateReject => AssociationEvent.AssociateRejectReceived,
        Pdu.Data => AssociationEvent.DataReceived,
        Pdu.ReleaseRequest => AssociationEvent.ReleaseRequestReceived,
        Pdu.ReleaseResponse => AssociationEvent.ReleaseResponseReceived,
        _ => AssociationEvent.AbortReceived,
    };

    private static List<string> Read(ReadOnlySequence<byte> input)
    {
        var read = new List<string>();
        try
        {
            while (PduReader.TryRead(ref input, 16384, out var pdu)) read.Add(PduDescription.Of(pdu));
            read.Add($"{input.Length} bytes left");
        }
        catch (ProtocolViolationException error)
        {
            read.Add(error.Message);
        }
        return read;
    }
}
