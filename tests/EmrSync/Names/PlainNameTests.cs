using Gantry.EmrSync.Names;

namespace Gantry.EmrSync.Tests.Names;

public sealed class PlainNameTests
{
    private readonly PlainNameWriter _names = new();

    [Fact]
    public void A_comma_divides_the_family_name_from_the_given_name() =>
        Assert.Equal("SMITH^JANE", _names.Write("SMITH, JANE", "", "MG").Alphabetic);

    [Fact]
    public void The_english_spelling_comes_first_and_the_other_stays_beside_it()
    {
        var forms = _names.Write("홍길동", "HONG^GIL DONG", "US");

        Assert.Equal(new PatientNameForms("HONG^GIL DONG", null, "홍길동", "HONG^GIL DONG"), forms);
    }
}
