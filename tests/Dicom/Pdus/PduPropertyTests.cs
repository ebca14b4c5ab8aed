using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Gantry.Dicom.Network;

namespace Gantry.Dicom.Tests.Pdus;

public sealed class PduPropertyTests
{
    private static readonly Config Quick = Config.QuickThrowOnFailure.WithMaxTest(300);

    [Fact]
    public void Every_valid_pdu_comes_back_from_its_bytes() => Prop
        .ForAll(
            ArbitraryPdus.Any.ToArbitrary(),
            pdu => PduDescription.Of(PduBytes.Read(PduBytes.Write(pdu))) == PduDescription.Of(pdu))
        .Check(Quick);

    [Fact]
    public void Arbitrary_bytes_are_a_pdu_or_need_more_or_are_a_violation() => Prop
        .ForAll(ArbitraryPdus.AlmostPdus.ToArbitrary(), bytes =>
        {
            var input = new ReadOnlySequence<byte>(bytes);
            var before = GC.GetAllocatedBytesForCurrentThread();
            bool isRead;
            try
            {
                isRead = PduReader.TryRead(ref input, 16384, out _);
            }
            catch (ProtocolViolationException)
            {
                isRead = false;
            }
            // An empty transfer syntax takes 4 bytes here and a list slot there; 64 KB are for the exception and first use
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            return allocated <= 65536 + 64L * bytes.Length && (isRead || input.Length == bytes.Length);
        })
        .Check(Quick);

    [Fact]
    public void What_was_read_from_arbitrary_bytes_reads_the_same_after_it_is_written() => Prop
        .ForAll(ArbitraryPdus.AlmostPdus.ToArbitrary(), bytes =>
        {
            var input = new ReadOnlySequence<byte>(bytes);
            try
            {
                if (!PduReader.TryRead(ref input, 0, out var pdu)) return true;
                var written = PduBytes.Write(pdu);
                return PduDescription.Of(PduBytes.Read(written)) == PduDescription.Of(pdu);
            }
            catch (ProtocolViolationException)
            {
                return true;
            }
            catch (ArgumentException)
            {
                return true; // we read more than we would send: lenient in, strict out
            }
        })
        .Check(Quick);

    [Fact]
    public void Any_split_of_the_stream_gives_the_same_pdus() => Prop
        .ForAll(
            (from pdus in Gen.Resize(Gen.NonEmptyListOf(ArbitraryPdus.Any), 5)
             from cuts in Gen.ListOf(Gen.Choose(0, 1 << 20))
             select (Bytes: pdus.SelectMany(PduBytes.Write).ToArray(), Cuts: cuts.ToArray())).ToArbitrary(),
            stream =>
            {
                var (whole, _) = PduBytes.ReadAll(new ReadOnlySequence<byte>(stream.Bytes));
                var cuts = stream.Cuts.Select(cut => cut % stream.Bytes.Length).ToList();
                var (pieces, left) = PduBytes.ReadAll(PduBytes.Cut(stream.Bytes, cuts));
                var arriving = ReadAsItArrives(stream.Bytes, cuts);
                return left == 0 && whole.SequenceEqual(pieces) && whole.SequenceEqual(arriving);
            })
        .Check(Quick);

    [Fact]
    public void A_stream_that_comes_byte_by_byte_gives_the_same_pdus()
    {
        var bytes = HexDump.Names.Where(GoldenPdus.All.ContainsKey).SelectMany(name => HexDump.Load(name).Bytes).ToArray();
        var (whole, _) = PduBytes.ReadAll(new ReadOnlySequence<byte>(bytes));
        var everywhere = Enumerable.Range(1, bytes.Length - 1).ToList();
        Assert.Equal(GoldenPdus.All.Count, whole.Count);
        Assert.Equal(whole, PduBytes.ReadAll(PduBytes.Cut(bytes, everywhere)).Pdus);
        Assert.Equal(whole, ReadAsItArrives(bytes, everywhere));
    }

    // As an association does: try to read after each arrival, and keep what is left
    private static List<string> ReadAsItArrives(byte[] bytes, List<int> cuts)
    {
        var pdus = new List<string>();
        var taken = 0;
        foreach (var end in cuts.Order().Append(bytes.Length))
        {
            var input = new ReadOnlySequence<byte>(bytes, taken, Math.Max(0, end - taken));
            while (PduReader.TryRead(ref input, 0, out var pdu)) pdus.Add(PduDescription.Of(pdu));
            taken = Math.Max(taken, end) - (int)input.Length;
        }
        return pdus;
    }
}
