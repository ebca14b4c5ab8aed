using FsCheck;
using FsCheck.Fluent;
using Gantry.Odbc.Sql;

namespace Gantry.Odbc.Tests.Parts;

public sealed class ScannerTests
{
    [Theory]
    [InlineData("select @a, @b", "select ?, ?", "a,b")]
    [InlineData("select @a+@a", "select ?+?", "a,a")]
    [InlineData("select @a;", "select ?;", "a")]
    [InlineData("@a", "?", "a")]
    [InlineData("where x=@환자 and y in (@a,@b)", "where x=? and y in (?,?)", "환자,a,b")]
    [InlineData("'@a' @b '''@c'", "'@a' ? '''@c'", "b")]
    [InlineData("'it''s @a' @b", "'it''s @a' ?", "b")]
    [InlineData("E'\\'@a' @b", "E'\\'@a' ?", "b")]
    [InlineData("'\\' @a", "'\\' ?", "a")]
    [InlineData("NAME'\\' @a", "NAME'\\' ?", "a")]
    [InlineData("\"@a\" [@b] `@c` @a", "\"@a\" [@b] `@c` ?", "a")]
    [InlineData("\"x\"\"@a\" [x]]@b] @c", "\"x\"\"@a\" [x]]@b] ?", "c")]
    [InlineData("-- @a\n@b", "-- @a\n?", "b")]
    [InlineData("--@a", "--@a", "")]
    [InlineData("/* @a /* @b */ @c */ @a", "/* @a /* @b */ @c */ ?", "a")]
    [InlineData("1 - -@a / @b", "1 - -? / ?", "a,b")]
    [InlineData("$$ @a $$ @b", "$$ @a $$ ?", "b")]
    [InlineData("$x$ @a $$ @a $x$ @b", "$x$ @a $$ @a $x$ ?", "b")]
    [InlineData("$1 @a $100.5 @b", "$1 ? $100.5 ?", "a,b")]
    [InlineData("@@ROWCOUNT + @a", "@@ROWCOUNT + ?", "a")]
    [InlineData("x @> y and z <@ w and @a", "x @> y and z <@ w and ?", "a")]
    [InlineData("user@a", "user@a", "")]
    [InlineData("'never closed @a", "'never closed @a", "")]
    [InlineData("/* never closed @a", "/* never closed @a", "")]
    [InlineData("declare @t int; set @t = @a; select @t", "declare @t int; set @t = ?; select @t", "a")]
    public void Names_become_positions_and_what_hides_them_is_respected(string sql, string expected, string names)
    {
        PositionalSql result = PositionalSql.From(sql, static name => name is "a" or "b" or "c" or "환자");

        Assert.Equal(expected, result.Text);
        Assert.Equal(names, string.Join(',', result.Names));
    }

    [Fact]
    public void A_name_without_a_value_is_refused_unless_the_SQL_declares_variables()
    {
        Assert.Throws<InvalidOperationException>(() => PositionalSql.From("select @x", static _ => false));
        Assert.Equal("DECLARE @x int; select @x", PositionalSql.From("DECLARE @x int; select @x", static _ => false).Text);
        Assert.Throws<InvalidOperationException>(() => PositionalSql.From("select 'declare @x'; select @x", static _ => false));
    }

    [Fact]
    public void Names_and_question_marks_do_not_mix()
    {
        Assert.Equal([null, null], PositionalSql.From("select ?, ? '?'", static _ => true).Names);
        Assert.Throws<InvalidOperationException>(() => PositionalSql.From("select ?, @a", static _ => true));
    }

    [Fact]
    public void Any_text_is_scanned_and_nothing_but_names_is_changed()
    {
        var pieces = Gen.Elements("@a", "'", "\"", "[", "]", "`", "--", "\n", "/*", "*/", "$", "$t$", "x", " ", "\\", "E'", "@@", "@", "1");
        Prop.ForAll(pieces.ListOf().ToArbitrary(), parts =>
        {
            string sql = string.Concat(parts);
            PositionalSql result = PositionalSql.From(sql, static _ => true);
            // Putting the names back gives what was there
            var back = new System.Text.StringBuilder();
            int next = 0;
            foreach (char c in result.Text) back.Append(c == '?' ? "@" + result.Names[next++] : c.ToString());
            return back.ToString() == sql && next == result.Names.Count;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }
}
