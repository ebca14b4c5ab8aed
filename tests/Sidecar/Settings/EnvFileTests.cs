using FsCheck;
using FsCheck.Fluent;
using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Tests.Settings;

public sealed class EnvFileTests
{
    [Theory]
    [InlineData("A=b", "b")]
    [InlineData("A=", "")]
    [InlineData("  A = b c  ", "b c")]
    [InlineData("export A=b", "b")]
    [InlineData("A=b # comment", "b")]
    [InlineData("A=# comment", "")]
    [InlineData("A=pass#word", "pass#word")]
    [InlineData("A='b # c'", "b # c")]
    [InlineData("A='b\\n' # comment", "b\\n")]
    [InlineData("A=\"b\\tc \\\"d\\\" \\\\ \\$e\"", "b\tc \"d\" \\ $e")]
    [InlineData("A=b=c", "b=c")]
    [InlineData("\uFEFFA=b\r", "b")]
    public void A_line_gives_its_value(string line, string value) =>
        Assert.Equal(("A", value), EnvFile.Parse(line, ".env").Select(entry => (entry.Name, entry.Value)).Single());

    [Theory]
    [InlineData("just words")]
    [InlineData("=value")]
    [InlineData("1A=b")]
    [InlineData("A-B=c")]
    [InlineData("A='open")]
    [InlineData("A=\"b\" c")]
    public void A_line_that_cannot_be_read_is_named_by_its_number(string line)
    {
        var error = Assert.Throws<SettingsException>(() => EnvFile.Parse("\n# fine\n" + line, "/x/.env"));
        Assert.Equal("/x/.env line 3", Assert.Single(error.Problems).Key);
    }

    [Fact]
    public void Any_text_without_line_ends_comes_back_from_double_quotes() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
        {
            var plain = text.Get.Replace("\n", "", StringComparison.Ordinal);
            var quoted = plain.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
            return EnvFile.Parse($"A=\"{quoted}\"", ".env").Single().Value == plain;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_at_all_is_read_or_refused() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
        {
            try
            {
                return EnvFile.Parse(text.Get, ".env").Count >= 0;
            }
            catch (SettingsException error)
            {
                return error.Problems.Count > 0;
            }
        }).QuickCheckThrowOnFailure();
}
