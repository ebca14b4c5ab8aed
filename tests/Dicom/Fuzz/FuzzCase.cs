namespace Gantry.Dicom.Tests.Fuzz;

/// <summary>A spoiled conversation. The same seed always makes the same case.</summary>
/// <param name="Seed">What it was made from.</param>
/// <param name="Story">The conversation and the mutations, in words.</param>
/// <param name="Pdus">What to send, piece by piece; a piece need not be a PDU any more.</param>
public sealed record FuzzCase(int Seed, string Story, IReadOnlyList<byte[]> Pdus)
{
    /// <summary>All pieces in one.</summary>
    public byte[] Bytes => [.. Pdus.SelectMany(pdu => pdu)];

    public static FuzzCase FromSeed(int seed)
    {
#pragma warning disable CA5394 // repeatable by its seed is what is wanted here, not unpredictable
        var random = new Random(seed);
        var conversation = FuzzConversation.All[random.Next(FuzzConversation.All.Count)];
        var pdus = conversation.Pdus;
        var names = new List<string>();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var mutation = FuzzMutation.All[random.Next(FuzzMutation.All.Count)];
            pdus = mutation.Apply(random, pdus);
            names.Add(mutation.Name);
        }
#pragma warning restore CA5394
        return new FuzzCase(seed, $"{conversation.Name}: {string.Join(", ", names)}", pdus);
    }
}
