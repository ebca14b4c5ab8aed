using System.Collections.Frozen;

namespace Gantry.EmrSync.Names;

/// <summary>Korean family names: which there are, and how most of their bearers spell them.</summary>
internal static class FamilyNames
{
    // The customary spelling first, then others by which a name in Latin letters is recognized. After the census of 2015, the
    // most frequent first; a family name without a custom of its own is spelled by the Revised Romanization.
    private const string Spellings =
        "김=KIM/GIM/KYM 이=LEE/YI/I/RHEE/RI/YEE/LI/RHIE 박=PARK/BAK/PAK/BARK 최=CHOI/CHOE/CHOY/CHE 정=JUNG/JEONG/CHUNG/CHONG/JOUNG "
        + "강=KANG/GANG 조=CHO/JO/JOE 윤=YOON/YUN/YOUN 장=JANG/CHANG/JAHNG 임=LIM/IM/YIM/RIM 한=HAN/HAHN 오=OH/O 서=SEO/SUH/SO "
        + "신=SHIN/SIN 권=KWON/GWON/KWEON 황=HWANG/WHANG 안=AHN/AN 송=SONG 전=JEON/JUN/CHUN/CHON/JUHN 홍=HONG 유=YOO/YU/RYU/YOU "
        + "류=RYU/YOO/YU/RYOO 고=KO/GO/KOH/KOO 문=MOON/MUN 양=YANG/RYANG 손=SON/SOHN 배=BAE/PAE/BAI 백=BAEK/PAIK/PAEK/BAIK "
        + "허=HEO/HUH/HUR/HO 남=NAM 심=SHIM/SIM 노=NOH/NO/ROH/RO 하=HA/HAH 곽=KWAK/GWAK/KWACK 성=SUNG/SEONG/SONG 차=CHA "
        + "주=JOO/JU/CHU/CHOO 우=WOO/U/WU 구=KOO/GU/KU/GOO 나=NA/RA/NAH 민=MIN/MEEN 진=JIN/CHIN 지=JI/CHI/JEE 엄=EOM/UM/UHM/OM "
        + "채=CHAE/CHAI 원=WON 천=CHEON/CHUN/CHON 방=BANG/PANG 공=KONG/GONG 현=HYUN/HYEON/HYON 함=HAM/HAHM 변=BYUN/BYEON/PYON/BYON "
        + "염=YEOM/YUM/YOM/YEUM 여=YEO/YO/YUH 추=CHOO/CHU 도=DO/TO/DOH 소=SO/SOH 석=SEOK/SUK/SOK 선=SUN/SEON/SON 설=SEOL/SUL/SOL "
        + "마=MA/MAH 길=GIL/KIL 연=YEON/YOUN/YON 위=WEE/WI 표=PYO 명=MYUNG/MYEONG/MYONG 기=KI/GI 반=BAN/PAN 라=RA/NA 왕=WANG "
        + "금=KEUM/GEUM/KUM 옥=OK/OAK 육=YOOK/YUK 인=IN 맹=MAENG 제=JE/CHE 모=MO/MOH 탁=TAK 국=KOOK/GUK/KUK 어=EO/UH/O 은=EUN/UN "
        + "편=PYUN/PYEON/PYON 용=YONG/RYONG 예=YE/YEH 경=KYUNG/GYEONG/KYONG 봉=BONG/PONG 사=SA 부=BOO/BU/PU 가=KA/GA 복=BOK/POK "
        + "태=TAE 목=MOK 형=HYUNG/HYEONG/HYONG 계=KYE/GYE 피=PI/PEE 두=DOO/DU/TU 감=KAM/GAM 음=EUM/UM 빈=BIN/PIN 동=DONG/TONG 온=ON "
        + "호=HO 범=BUM/BEOM/POM 좌=JWA/CHWA 팽=PAENG 승=SEUNG/SUNG 간=KAN/GAN 상=SANG 시=SI/SHI 갈=KAL/GAL 단=DAN/TAN 화=HWA 당=DANG/TANG "
        + "초=CHO 아=A/AH 창=CHANG 견=KYUN/GYEON/KYON 평=PYUNG/PYEONG/PYONG 로=ROH/RO/NOH 량=RYANG/YANG 려=RYEO/YEO 림=RIM/LIM/IM "
        + "남궁=NAMGUNG/NAMKUNG/NAMGOONG/NAMKOONG 황보=HWANGBO/HWANGPO 제갈=JEGAL/CHEGAL 사공=SAGONG/SAKONG 선우=SUNWOO/SEONU/SONU/SUNU "
        + "서문=SEOMOON/SEOMUN/SOMUN 독고=DOKGO/TOKKO/DOKKO/DOGGO 동방=DONGBANG/TONGBANG 어금=EOGEUM/OGUM 망절=MANGJEOL/MANGJUL";

    // The others of one syllable
    private const string Rare =
        "강개경계고교구궁궉근기난낭내뇌누다담대독돈등뢰루리만매묘묵문미밀박발방배번빙삼서섭섬소수순슬습시십씨안애야양엽영예옹완요운유윤음이임자잠"
        + "저점정종좌준즙증척청초총최춘탄판팽포풍필학해현형환황후흥";

    // Before these a family name of one syllable is far more frequent, since the two syllables behind it are a common given name
    private static readonly FrozenSet<string> OneSyllableAfterAll = ("황보람 황보라 황보미 황보영 황보경 황보현 황보연 황보민 황보배 황보은 황보슬 "
        + "황보름 황보윤 황보선 황보혜 황보희 황보나 서문영 서문수 서문호 서문석 서문희 서문숙 서문자 서문경 서문식 서문성 서문정 서문기 서문주")
        .Split(' ').ToFrozenSet();

    private static readonly FrozenDictionary<string, string[]> Known = Spellings.Split(' ').Select(row => row.Split('='))
        .ToFrozenDictionary(row => row[0], row => row[1].Split('/'));

    /// <summary>The family names of which the customary spelling is known.</summary>
    public static IEnumerable<string> WithSpelling => Known.Keys;

    public static bool Is(string hangul) => Known.ContainsKey(hangul) || (hangul.Length == 1 && Rare.Contains(hangul[0]));

    /// <summary>The customary spelling; null where there is none.</summary>
    public static string? Customary(string hangul) => Known.GetValueOrDefault(hangul)?[0];

    /// <summary>Whether a word in Latin letters is a spelling of a family name.</summary>
    public static bool IsSpelling(string hangul, string latin) =>
        Known.TryGetValue(hangul, out var spellings) && spellings.Contains(latin, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// How many of the first syllables are the family name; 0 if none is recognized. Longer names than four syllables are
    /// mostly foreign ones, written by their sound.
    /// </summary>
    public static int LengthIn(string name, out bool isAmbiguous)
    {
        var hasTwo = name.Length is >= 2 and <= 6 && Known.ContainsKey(name[..2]);
        isAmbiguous = hasTwo && name.Length == 3 && name[..2] is "황보" or "서문" or "선우" or "사공" or "동방";
        if (hasTwo && !OneSyllableAfterAll.Contains(name)) return 2;
        return name.Length is >= 1 and <= 4 && Is(name[..1]) ? 1 : 0;
    }
}
