namespace Gantry.Sidecar.Archive.Pictures;

/// <summary>Writes baseline JPEG (ITU-T T.81), gray or YCbCr without subsampling.</summary>
internal sealed class JpegWriter : IDisposable
{
    private static readonly (ushort Code, byte Length)[] Dc = JpegTables.Codes(JpegTables.DcCounts, JpegTables.DcValues);
    private static readonly (ushort Code, byte Length)[] Ac = JpegTables.Codes(JpegTables.AcCounts, JpegTables.AcValues);

    // cos((2x + 1) u pi / 16), with the factor of A.3.3 worked in
    private static readonly double[] Cosines = [.. from u in Enumerable.Range(0, 8) from x in Enumerable.Range(0, 8)
        select Math.Cos(((2 * x) + 1) * u * Math.PI / 16) * (u == 0 ? Math.Sqrt(0.125) : 0.5)];

    private readonly MemoryStream _file = new();
    private int _bits;
    private int _bitCount;

    private JpegWriter()
    {
    }

    /// <param name="picture">What to write, 65535 pixels wide and high at most.</param>
    /// <param name="quality">1 to 100.</param>
    public static byte[] Write(ScreenPicture picture, int quality)
    {
        using var writer = new JpegWriter();
        return writer.Run(picture, quality);
    }

    public void Dispose() => _file.Dispose();

    private byte[] Run(ScreenPicture picture, int quality)
    {
        var (w, h, n) = (picture.Width, picture.Height, picture.Samples);
        byte[][] steps = [JpegTables.Steps(JpegTables.LuminanceSteps, quality), JpegTables.Steps(JpegTables.ChrominanceSteps, quality)];
        _file.Write([0xFF, 0xD8]);
        Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        Segment(0xDB, [0, .. steps[0], .. n == 3 ? [1, .. steps[1]] : Array.Empty<byte>()]);
        Segment(0xC0, [8, (byte)(h >> 8), (byte)h, (byte)(w >> 8), (byte)w, (byte)n,
            .. Enumerable.Range(0, n).SelectMany(component => new byte[] { (byte)(component + 1), 0x11, (byte)(component == 0 ? 0 : 1) })]);
        // One pair of tables for all components: a little longer for colour, which is rare here
        Segment(0xC4, [0x00, .. JpegTables.DcCounts, .. JpegTables.DcValues, 0x10, .. JpegTables.AcCounts, .. JpegTables.AcValues]);
        Segment(0xDA, [(byte)n, .. Enumerable.Range(1, n).SelectMany(component => new byte[] { (byte)component, 0 }), 0, 63, 0]);

        var (block, previous) = (new double[64], new int[n]);
        for (var top = 0; top < h; top += 8)
        {
            for (var left = 0; left < w; left += 8)
            {
                for (var component = 0; component < n; component++)
                {
                    Load(picture, top, left, component, block);
                    Transform(block);
                    previous[component] = Encode(block, steps[component == 0 ? 0 : 1], previous[component]);
                }
            }
        }
        Put(0x7F, 7); // the last byte is filled with ones
        _file.Write([0xFF, 0xD9]);
        return _file.ToArray();
    }

    private void Segment(byte marker, ReadOnlySpan<byte> content)
    {
        _file.Write([0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2)]);
        _file.Write(content);
    }

    /// <summary>A block of one component, around 0; beyond the edge the last pixel goes on.</summary>
    private static void Load(ScreenPicture picture, int top, int left, int component, double[] block)
    {
        for (var i = 0; i < 64; i++)
        {
            var (y, x) = (Math.Min(top + (i >> 3), picture.Height - 1), Math.Min(left + (i & 7), picture.Width - 1));
            var pixel = picture.Bytes.AsSpan(((y * picture.Width) + x) * picture.Samples, picture.Samples);
            // JFIF: ITU-R BT.601 over the full range
            block[i] = picture.Samples == 1 ? pixel[0] - 128 : component switch
            {
                0 => (0.299 * pixel[0]) + (0.587 * pixel[1]) + (0.114 * pixel[2]) - 128,
                1 => (-0.168736 * pixel[0]) - (0.331264 * pixel[1]) + (0.5 * pixel[2]),
                _ => (0.5 * pixel[0]) - (0.418688 * pixel[1]) - (0.081312 * pixel[2]),
            };
        }
    }

    /// <summary>The cosine transform (A.3.3), rows first, then columns.</summary>
    private static void Transform(double[] block)
    {
        Span<double> line = stackalloc double[8];
        for (var pass = 0; pass < 2; pass++)
        {
            var (step, next) = pass == 0 ? (1, 8) : (8, 1);
            for (var i = 0; i < 8; i++)
            {
                for (var u = 0; u < 8; u++)
                {
                    var sum = 0.0;
                    for (var x = 0; x < 8; x++)
                        sum += block[(i * next) + (x * step)] * Cosines[(u * 8) + x];
                    line[u] = sum;
                }
                for (var u = 0; u < 8; u++)
                    block[(i * next) + (u * step)] = line[u];
            }
        }
    }

    /// <summary>Writes a block (F.1.2), and returns its DC coefficient for the next one.</summary>
    private int Encode(double[] block, byte[] steps, int previous)
    {
        var dc = (int)Math.Round(block[0] / steps[0]);
        PutNumber(Dc, 0, dc - previous);
        var zeros = 0;
        for (var i = 1; i < 64; i++)
        {
            var value = (int)Math.Round(block[JpegTables.ZigZag[i]] / steps[i]);
            if (value == 0)
            {
                zeros++;
                continue;
            }
            for (; zeros >= 16; zeros -= 16)
                Put(Ac[0xF0].Code, Ac[0xF0].Length);
            PutNumber(Ac, zeros, value);
            zeros = 0;
        }
        if (zeros > 0)
            Put(Ac[0].Code, Ac[0].Length); // end of block
        return dc;
    }

    /// <summary>Code of the run of zeros and the size, then the bits of the number; a negative one less 1 (F.1.2.1).</summary>
    private void PutNumber((ushort Code, byte Length)[] table, int zeros, int value)
    {
        var size = 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)Math.Abs(value));
        var (code, length) = table[(zeros << 4) | size];
        Put(code, length);
        if (size > 0)
            Put((value < 0 ? value - 1 : value) & ((1 << size) - 1), size);
    }

    private void Put(int bits, int count)
    {
        (_bits, _bitCount) = ((_bits << count) | bits, _bitCount + count);
        while (_bitCount >= 8)
        {
            _bitCount -= 8;
            var one = (byte)(_bits >> _bitCount);
            _file.WriteByte(one);
            if (one == 0xFF)
                _file.WriteByte(0); // so that nothing looks like a marker
        }
        _bits &= (1 << _bitCount) - 1;
    }
}
