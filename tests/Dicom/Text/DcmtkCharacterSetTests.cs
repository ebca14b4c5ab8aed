using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;

namespace Gantry.Dicom.Tests.Text;

/// <summary>
/// DCMTK's dcmconv, and glibc's iconv where DCMTK knows a set not, read what we write: the whole repertoire of each set, and
/// the standard's names.
/// </summary>
public sealed class DcmtkCharacterSetTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gantry-dcmtk-");

    public void Dispose() => _folder.Delete(recursive: true);

    // The last column: characters that iconv's table has otherwise, each with its reason
    [Theory]
    [InlineData("ISO_IR 100", "")]
    [InlineData("ISO_IR 101", "")]
    [InlineData("ISO_IR 109", "")]
    [InlineData("ISO_IR 110", "")]
    [InlineData("ISO_IR 144", "")]
    [InlineData("ISO_IR 127", "")]
    [InlineData("ISO_IR 126", "")]
    [InlineData("ISO_IR 138", "")]
    [InlineData("ISO_IR 148", "")]
    [InlineData("ISO_IR 166", "\u00A0")] // iconv leaves out the no-break space
    [InlineData("ISO_IR 13", "")]
    [InlineData("GBK", "")]
    // iconv has these 18 by the edition of 2022 already; by that of 2005 they are elsewhere
    [InlineData("GB18030", "\uFE10\uFE11\uFE12\uFE13\uFE14\uFE15\uFE16\uFE17\uFE18\uFE19龴龵龶龷龸龹龺龻")]
    [InlineData("ISO_IR 192", "")]
    [InlineData(@"\ISO 2022 IR 149", "")]
    [InlineData(@"\ISO 2022 IR 58", "·—")] // iconv reads U+30FB and U+2015 here, but these in GBK and GB18030
    [InlineData(@"ISO 2022 IR 100\ISO 2022 IR 144\ISO 2022 IR 126", "")]
    public void Dcmtk_reads_the_whole_repertoire_as_written(string terms, string others)
    {
        var set = SpecificCharacterSet.Parse(terms.Split('\\'));

        foreach (var part in RepertoireOf(set, others).Chunk(15_000)) // a value has 64 KB at most
        {
            var text = new string(part) + "."; // trailing blanks would count as padding
            Assert.Equal(text, Convert(set, text, DicomVr.LT));
        }
    }

    // DCMTK on glibc knows neither these two-byte sets nor Latin-9. iconv itself does, by Internet names for the same bytes
    [Theory]
    [InlineData(@"\ISO 2022 IR 87", "ISO-2022-JP", "")]
    [InlineData(@"\ISO 2022 IR 159", "ISO-2022-JP-2", "\uFF5E")] // iconv reads an ASCII tilde here
    [InlineData(@"\ISO 2022 IR 87\ISO 2022 IR 159", "ISO-2022-JP-2", "")]
    [InlineData("ISO_IR 203", "ISO-8859-15", "")]
    public void Iconv_reads_the_whole_repertoire_as_written(string terms, string charset, string others)
    {
        var set = SpecificCharacterSet.Parse(terms.Split('\\'));
        var text = RepertoireOf(set, others);
        string source = Path.Combine(_folder.FullName, "in.txt"), target = Path.Combine(_folder.FullName, "out.txt");
        File.WriteAllBytes(source, Encode(set, text, DicomVr.LT));

        Run("iconv", "-f", charset, "-t", "UTF-8", "-o", target, source);

        Assert.Equal(text, File.ReadAllText(target));
    }

    [Theory]
    [InlineData(@"\ISO 2022 IR 149", "Hong^Gildong=洪^吉洞=홍^길동")]
    [InlineData(@"\ISO 2022 IR 58", "Zhang^XiaoDong=张^小东")]
    [InlineData("GB18030", "Wang^XiaoDong=王^小东")]
    [InlineData("ISO_IR 144", "Люкceмбypг")]
    [InlineData(@"ISO 2022 IR 100\ISO 2022 IR 144", "Jér^Лю^é")]
    public void Dcmtk_reads_names_as_written(string terms, string name) =>
        Assert.Equal(name, Convert(SpecificCharacterSet.Parse(terms.Split('\\')), name, DicomVr.PN));

    private static string RepertoireOf(SpecificCharacterSet set, string others)
    {
        var all = new StringBuilder();
        for (var value = 0x20; value < 0x10000; value++)
        {
            var character = (char)value;
            if (!char.IsSurrogate(character) && character is not ('\x7F' or (>= '\uE000' and <= '\uF8FF'))
                && !others.Contains(character, StringComparison.Ordinal)
                && set.CanEncode([character], DicomVr.LT)
                && set.Decode(Encode(set, character.ToString(), DicomVr.LT), DicomVr.LT)[0] == character)
            {
                all.Append(character);
            }
        }

        return all.ToString();
    }

    // A Part 10 file of two elements, through `dcmconv +U8`, and the second element's text from what comes out
    private string Convert(SpecificCharacterSet set, string text, DicomVr vr)
    {
        string source = Path.Combine(_folder.FullName, "in.dcm"), target = Path.Combine(_folder.FullName, "out.dcm");
        var element = vr == DicomVr.PN ? (ushort)0x0010 : (ushort)0x4000; // (0010,0010) PN, (0010,4000) LT
        using (var file = File.Create(source))
        {
            file.Write(new byte[128]);
            file.Write("DICM"u8);
            Write(file, 0x0002, 0x0010, "UI", "1.2.840.10008.1.2.1"u8, 0);
            Write(file, 0x0008, 0x0005, "CS", Encoding.ASCII.GetBytes(set.ToString()), 0x20);
            Write(file, 0x0010, element, vr.ToString(), Encode(set, text, vr), 0x20);
        }

        Run("dcmconv", "+U8", source, target);

        var bytes = File.ReadAllBytes(target);
        byte[] head = [0x10, 0x00, (byte)element, (byte)(element >> 8), .. Encoding.ASCII.GetBytes(vr.ToString())];
        var at = bytes.AsSpan().LastIndexOf(head);
        Assert.True(at > 0);
        var length = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at + 6));
        return Encoding.UTF8.GetString(bytes, at + 8, length).TrimEnd(' ');
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program}: {errors}");
    }

    private static void Write(FileStream file, ushort group, ushort element, string vr, ReadOnlySpan<byte> value, byte padding)
    {
        var head = new byte[8];
        BinaryPrimitives.WriteUInt16LittleEndian(head, group);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(2), element);
        Encoding.ASCII.GetBytes(vr, head.AsSpan(4));
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(6), checked((ushort)((value.Length + 1) & ~1)));
        file.Write(head);
        file.Write(value);
        if ((value.Length & 1) == 1)
            file.WriteByte(padding);
    }

    private static byte[] Encode(SpecificCharacterSet set, string text, DicomVr vr)
    {
        var output = new ArrayBufferWriter<byte>();
        Assert.True(set.TryEncode(text, vr, output));
        return output.WrittenSpan.ToArray();
    }
}
