using System.Buffers.Binary;
using Gantry.Dicom.Tests.Pdus;

namespace Gantry.Dicom.Tests.Fuzz;

/// <summary>What a well-behaved requestor sends in one association, PDU by PDU: the ground that the fuzzer breaks up.</summary>
public sealed record FuzzConversation(string Name, IReadOnlyList<byte[]> Pdus)
{
    public static IReadOnlyList<FuzzConversation> All { get; } =
    [
        Load("conversation-dcmtk-echo"),
        Load("conversation-dcmtk-find"),
        Join("everything", "associate-rq-everything", "p-data-tf-c-echo-rq", "p-data-tf-three-values", "release-rq"),
        Join("abort", "associate-rq-echo", "p-data-tf-c-echo-rq", "abort-user"),
    ];

    private static FuzzConversation Load(string name) => new(name, Split(HexDump.Load(name).Bytes));

    private static FuzzConversation Join(string name, params string[] dumps) =>
        new(name, [.. dumps.Select(dump => HexDump.Load(dump).Bytes)]);

    private static List<byte[]> Split(byte[] stream)
    {
        var pdus = new List<byte[]>();
        for (var start = 0; start < stream.Length; start += pdus[^1].Length)
            pdus.Add(stream[start..(start + 6 + BinaryPrimitives.ReadInt32BigEndian(stream.AsSpan(start + 2)))]);
        return pdus;
    }
}
