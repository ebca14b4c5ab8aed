using System.Collections.Frozen;

namespace Gantry.EmrSync.Names;

/// <summary>
/// Puts parts together that make one character: Hangul letters (Unicode 3.12), Latin, Greek and Cyrillic letters with a mark,
/// kana with a voicing mark. Macs and some databases deliver names in parts (NFD).
/// </summary>
internal static class Composition
{
    private static readonly FrozenDictionary<(char, char), char> Pairs = new[]
    {
        "\u0300AÀEÈIÌOÒUÙaàeèiìoòuùNǸnǹ",
        "\u0301AÁEÉIÍOÓUÚYÝCĆLĹNŃRŔSŚZŹaáeéiíoóuúyýcćlĺnńrŕsśzźΑΆΕΈΗΉΙΊΟΌΥΎΩΏαάεέηήιίοόυύωώГЃКЌгѓкќ",
        "\u0302AÂEÊIÎOÔUÛCĈGĜHĤJĴSŜWŴYŶaâeêiîoôuûcĉgĝhĥjĵsŝwŵyŷ",
        "\u0303AÃNÑOÕIĨUŨaãnñoõiĩuũ",
        "\u0304AĀEĒIĪOŌUŪaāeēiīoōuū",
        "\u0306AĂEĔGĞIĬOŎUŬaăeĕgğiĭoŏuŭИЙийУЎуў",
        "\u0307CĊEĖGĠIİZŻcċeėgġzż",
        "\u0308AÄEËIÏOÖUÜYŸaäeëiïoöuüyÿЕЁеёІЇіїΙΪιϊΥΫυϋ",
        "\u030AAÅUŮaåuů",
        "\u030BOŐUŰoőuű",
        "\u030CCČDĎEĚNŇRŘSŠTŤZŽcčdďeěnňrřsštťzž",
        "\u031BOƠUƯoơuư",
        "\u0326SȘTȚsștț",
        "\u0327CÇGĢKĶLĻNŅRŖSŞTŢcçkķlļnņrŗsştţ",
        "\u0328AĄEĘIĮUŲaąeęiįuų",
        "\u3099かがきぎくぐけげこごさざしじすずせぜそぞただちぢつづてでとどはばひびふぶへべほぼうゔカガキギクグケゲコゴサザシジスズセゼソゾタダチヂツヅテデトドハバヒビフブヘベホボウヴ",
        "\u309Aはぱひぴふぷへぺほぽハパヒピフプヘペホポ",
    }.SelectMany(row => row.Skip(1).Chunk(2).Select(pair => KeyValuePair.Create((pair[0], row[0]), pair[1]))).ToFrozenDictionary();

    public static bool TryCompose(char before, char character, out char whole)
    {
        // A leading and a vowel letter, then that syllable and a final letter
        if (before is >= '\u1100' and <= '\u1112' && character is >= '\u1161' and <= '\u1175')
        {
            whole = (char)('가' + (((before - '\u1100') * 21) + (character - '\u1161')) * 28);
            return true;
        }

        if (HangulSyllable.Is(before) && (before - '가') % 28 == 0 && character is > '\u11A7' and <= '\u11C2')
        {
            whole = (char)(before + (character - '\u11A7'));
            return true;
        }

        return Pairs.TryGetValue((before, character), out whole);
    }
}
