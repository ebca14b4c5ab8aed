using Gantry.Odbc.Native;

namespace Gantry.Odbc.Writing;

/// <summary>
/// The memory that bound parameters live in: pinned, so that the driver may read it whenever it likes, and kept by whoever
/// runs the statement until the driver is done with it.
/// </summary>
internal sealed unsafe class ParameterBuffer
{
    private const short Input = 1;
    private const int Alignment = 8;
    private readonly byte[] _memory;

    private ParameterBuffer(int size) => _memory = GC.AllocateArray<byte>(size, pinned: true);

    /// <summary>Binds values to a statement in order.</summary>
    /// <returns>What has to stay alive while the statement runs; null without parameters.</returns>
    public static ParameterBuffer? Bind(StatementHandle statement, ReadOnlySpan<BoundValue> values)
    {
        if (values.IsEmpty) return null;
        int size = values.Length * sizeof(nint);
        // Two more bytes for each: some drivers look at a text's end in spite of its length
        foreach (BoundValue value in values) size += Aligned((value.Bytes?.Length ?? 0) + sizeof(char));
        var buffer = new ParameterBuffer(size);
        fixed (byte* memory = buffer._memory)
        {
            var indicators = (nint*)memory;
            byte* at = memory + (values.Length * sizeof(nint));
            for (int index = 0; index < values.Length; index++)
            {
                BoundValue value = values[index];
                int length = value.Bytes?.Length ?? 0;
                value.Bytes?.CopyTo(new Span<byte>(at, length));
                indicators[index] = value.Bytes is null ? Indicator.Null : length;
                SqlReturn code = OdbcFunctions.SQLBindParameter(statement, (ushort)(index + 1), Input, value.Buffer, value.Type,
                    value.Size, value.Decimals, at, length, indicators + index);
                if (!code.IsSuccess()) throw Diagnostics.Failure($"Binding parameter {index + 1}", statement);
                at += Aligned(length + sizeof(char));
            }
        }
        return buffer;
    }

    private static int Aligned(int size) => (size + Alignment - 1) & ~(Alignment - 1);
}
