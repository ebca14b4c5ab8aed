namespace Gantry.Odbc.Sql;

/// <summary>
/// Finds parameters in SQL of any dialect. It knows what hides them: 'strings' (with '' and, after E, backslashes),
/// "x", [x] and `x` names, -- and nested /* */ comments, $tag$ strings $tag$. What is not closed ends with the text, and the
/// server says what it thinks of it.
/// </summary>
/// <remarks>
/// Comments nest, as they do in SQL Server and PostgreSQL. [x] is always a name, so a parameter in PostgreSQL's a[@i] is not seen.
/// </remarks>
internal static class SqlScanner
{
    public static List<SqlMark> Scan(string sql)
    {
        var marks = new List<SqlMark>();
        int at = 0;
        while (at < sql.Length)
        {
            char c = sql[at];
            switch (c)
            {
                case '\'':
                    at = AfterQuoted(sql, at, '\'', backslashes: IsEscapeString(sql, at));
                    break;
                case '"' or '`':
                    at = AfterQuoted(sql, at, c, backslashes: false);
                    break;
                case '[':
                    at = AfterQuoted(sql, at, ']', backslashes: false);
                    break;
                case '-' when Next(sql, at) == '-':
                    at = EndOr(sql, sql.IndexOf('\n', at));
                    break;
                case '/' when Next(sql, at) == '*':
                    at = AfterComment(sql, at);
                    break;
                case '$':
                    at = AfterDollar(sql, at);
                    break;
                case '?':
                    marks.Add(new SqlMark(SqlMarkKind.Question, at++, 1));
                    break;
                case '@':
                    at = AfterAt(sql, at, marks);
                    break;
                default:
                    at = IsWordStart(c) ? AfterWord(sql, at, marks) : at + 1;
                    break;
            }
        }
        return marks;
    }

    private static int AfterAt(string sql, int at, List<SqlMark> marks)
    {
        // @@ROWCOUNT is the server's; @> and @ alone are operators
        int name = at;
        while (name < sql.Length && sql[name] == '@') name++;
        int end = AfterName(sql, name);
        if (name == at + 1 && end > name) marks.Add(new SqlMark(SqlMarkKind.Name, at, end - at));
        return end;
    }

    private static int AfterWord(string sql, int at, List<SqlMark> marks)
    {
        int end = at;
        while (end < sql.Length && (IsWordPart(sql[end]) || sql[end] == '$' || sql[end] == '#')) end++;
        if (sql.AsSpan(at, end - at).Equals("DECLARE", StringComparison.OrdinalIgnoreCase)
            && sql.AsSpan(end).TrimStart().StartsWith("@", StringComparison.Ordinal))
            marks.Add(new SqlMark(SqlMarkKind.Declaration, at, end - at));
        // a@b is one word in some servers' names, never a parameter
        if (end < sql.Length && sql[end] == '@') end = AfterName(sql, end + 1);
        return end;
    }

    private static int AfterName(string sql, int at)
    {
        while (at < sql.Length && IsWordPart(sql[at])) at++;
        return at;
    }

    private static int AfterQuoted(string sql, int at, char closing, bool backslashes)
    {
        for (at++; at < sql.Length; at++)
        {
            if (backslashes && sql[at] == '\\') at++;
            else if (sql[at] == closing)
            {
                if (Next(sql, at) != closing) return at + 1;
                at++;
            }
        }
        return sql.Length;
    }

    private static int AfterComment(string sql, int at)
    {
        int depth = 0;
        while (at < sql.Length)
        {
            if (sql[at] == '/' && Next(sql, at) == '*')
            {
                depth++;
                at += 2;
            }
            else if (sql[at] == '*' && Next(sql, at) == '/')
            {
                at += 2;
                if (--depth == 0) return at;
            }
            else
            {
                at++;
            }
        }
        return sql.Length;
    }

    private static int AfterDollar(string sql, int at)
    {
        // $tag$: the tag is empty or a word that does not begin with a digit; $1 and $100.00 are no strings
        int tagEnd = at + 1;
        if (tagEnd < sql.Length && IsWordStart(sql[tagEnd])) tagEnd = AfterName(sql, tagEnd);
        if (tagEnd >= sql.Length || sql[tagEnd] != '$') return at + 1;
        string tag = sql.Substring(at, tagEnd - at + 1);
        int closing = sql.IndexOf(tag, tagEnd + 1, StringComparison.Ordinal);
        return closing < 0 ? sql.Length : closing + tag.Length;
    }

    private static bool IsEscapeString(string sql, int quote) =>
        quote > 0 && sql[quote - 1] is 'E' or 'e' && (quote == 1 || !IsWordPart(sql[quote - 2]));

    private static char Next(string sql, int at) => at + 1 < sql.Length ? sql[at + 1] : '\0';

    private static int EndOr(string sql, int at) => at < 0 ? sql.Length : at;

    private static bool IsWordStart(char c) => char.IsLetter(c) || c == '_';

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c == '_';
}
