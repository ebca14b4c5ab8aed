using FsCheck;
using FsCheck.Fluent;
using Gantry.Sidecar.Mwl;

namespace Gantry.Sidecar.Tests.Mwl;

public sealed class TextPatternTests
{
    [Theory]
    [InlineData("SMITH^J*", "SMITH^JANE", true)]
    [InlineData("*^JANE", "SMITH^JANE", true)]
    [InlineData("SM?TH^JANE", "SMITH^JANE", true)]
    [InlineData("SM?TH^JANE", "SMTH^JANE", false)]
    [InlineData("*A*A*", "BANANA", true)]
    [InlineData("S*H", "SMITH^JANE", false)]
    [InlineData("SMITH", "SMITH^JANE", false)]
    [InlineData("?", "", false)]
    [InlineData("*", "", false)]
    [InlineData("홍?동", "홍길동", true)]
    [InlineData("?", "𠮷", true)]
    [InlineData(" SMITH^JANE ", "SMITH^JANE  ", true)]
    public void A_star_stands_for_any_characters_and_a_question_mark_for_one(string key, string value, bool matches) =>
        Assert.Equal(matches, new TextPattern(key).Matches(value));

    [Theory]
    [InlineData("smith^j*", "SMITH^Jane")]
    [InlineData("MÜLLER*", "Müller^Änne")]
    [InlineData("ΔΙΟΝ*", "Διονυσιος")]
    public void Names_match_without_regard_to_case(string key, string value) =>
        Assert.True(new TextPattern(key, ignoreCase: true).Matches(value));

    [Fact]
    public void Identifiers_match_with_regard_to_case() => Assert.False(new TextPattern("abc").Matches("ABC"));

    [Fact]
    public void A_pattern_made_of_a_value_by_hiding_parts_of_it_matches_the_value()
    {
        var samples = Gen.Choose('A', 'E').Select(letter => (char)letter).NonEmptyListOf()
            .SelectMany(value => Gen.Elements('*', '?', '=').ListOf(value.Count), (value, hides) => (value, hides));
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Arb.From(samples), sample =>
        {
            var value = string.Concat(sample.value);
            var key = string.Concat(sample.value.Select((letter, i) => sample.hides[i] == '=' ? letter : sample.hides[i]));
            return new TextPattern(key).Matches(value);
        }));
    }

    [Fact]
    public void A_pattern_of_many_stars_is_decided_at_once()
    {
        var pattern = new TextPattern(string.Concat(Enumerable.Repeat("*A", 30)) + "B");
        Assert.False(pattern.Matches(new string('A', 64)));
    }
}
