using System.Collections.Frozen;

namespace Gantry.EmrSync.Names;

/// <summary>Words that stand in place of a name, or behind one.</summary>
internal static class NameWords
{
    private static readonly FrozenDictionary<string, string> English = (
        "신생아=NEWBORN 아기=BABY 애기=BABY 남아=BABY BOY 여아=BABY GIRL 쌍둥이=TWIN 쌍생아=TWIN 첫째=FIRST 둘째=SECOND 셋째=THIRD 태아=FETUS "
        + "산모=MOTHER 보호자=GUARDIAN 익명=ANONYMOUS 무명=UNNAMED 무명씨=UNNAMED 무명남=UNNAMED MALE 무명녀=UNNAMED FEMALE 미상=UNKNOWN 불명=UNKNOWN "
        + "성명미상=UNKNOWN 성명불명=UNKNOWN 이름미상=UNKNOWN 신원미상=UNKNOWN 신원불명=UNKNOWN 이름없음=UNNAMED 모름=UNKNOWN 행려=UNIDENTIFIED "
        + "행려자=UNIDENTIFIED 행려환자=UNIDENTIFIED 응급환자=EMERGENCY PATIENT 환자=PATIENT 테스트=TEST 테스트환자=TEST PATIENT 시험=TEST "
        + "시험환자=TEST PATIENT 무연고=UNIDENTIFIED 무연고자=UNIDENTIFIED")
        .Split(' ').Aggregate(new List<string>(), (rows, word) =>
        {
            if (word.Contains('=', StringComparison.Ordinal)) rows.Add(word);
            else rows[^1] += " " + word;
            return rows;
        }).Select(row => row.Split('=')).ToFrozenDictionary(row => row[0], row => row[1]);

    // A Korean who is called 산모 or 환자 is not known, but 첫째 and 모름 end no name without a space either
    private static readonly string[] BehindName = ["신생아", "쌍둥이", "아기", "애기", "남아", "여아", "산모", "보호자"];

    private static readonly string[] Titles = ["선생님", "환자분", "환자님", "교수님", "박사님", "원장님", "어르신", "귀하", "님", "씨"];

    private static readonly FrozenSet<string> Openings = English.Values.Select(words => words.Split(' ')[0])
        .Concat(["NONAME", "UNK", "UNIDENTIFIED", "INFANT", "TRAUMA", "PHANTOM", "QA", "QC"]).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The English of a word that is no name; null for all other words.</summary>
    public static string? InEnglish(string hangul) => English.GetValueOrDefault(hangul);

    /// <summary>Whether a first word, Korean or English, says that this is no name.</summary>
    public static bool IsNoName(string word) => English.ContainsKey(word) || Openings.Contains(word);

    /// <summary>A name without the word at its end that makes it somebody else's, such as the mother's in that of a newborn.</summary>
    public static (string Name, string Word) WithoutWordBehind(string hangul)
    {
        foreach (var word in BehindName)
        {
            // A given name may be 아기 itself: with it alone behind the family name nothing is cut off
            if (hangul.Length >= word.Length + 2 && hangul.EndsWith(word, StringComparison.Ordinal)
                && FamilyNames.LengthIn(hangul[..^word.Length], out _) > 0)
                return (hangul[..^word.Length], word);
        }

        return (hangul, "");
    }

    /// <summary>A name without titles at its end; one of two syllables keeps what may be its given name.</summary>
    public static string WithoutTitle(string hangul)
    {
        while (true)
        {
            var title = Titles.FirstOrDefault(title => hangul.EndsWith(title, StringComparison.Ordinal)
                && hangul.Length - title.Length >= (title.Length > 1 ? 2 : 3));
            if (title is null || IsNoName(hangul)) return hangul;
            hangul = hangul[..^title.Length];
        }
    }

    public static bool IsTitle(string word) => Titles.Contains(word) || word is "군" or "양";
}
