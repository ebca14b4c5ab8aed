using System.Text.RegularExpressions;

namespace Gantry.House.Tests;

/// <summary>The rules of the images: what Docker itself would find out late, or not at all.</summary>
public sealed partial class ImageTests
{
    public static TheoryData<string> Dockerfiles => [.. Repository.Files.Where(file => Path.GetFileName(file) == "Dockerfile")];

    [Theory]
    [MemberData(nameof(Dockerfiles))]
    public void It_builds_without_a_front_end_from_elsewhere(string dockerfile) =>
        Assert.DoesNotMatch(@"(?mi)^#\s*syntax\s*=", Repository.Read(dockerfile));

    [Theory]
    [MemberData(nameof(Dockerfiles))]
    public void It_starts_from_a_version_that_is_named(string dockerfile)
    {
        var text = Repository.Read(dockerfile);
        var arguments = Argument().Matches(text).Where(match => !match.Groups["value"].Value.Contains(':', StringComparison.Ordinal)
            && text.Contains($"FROM ${{{match.Groups["name"].Value}}}", StringComparison.Ordinal));
        var stages = From().Matches(text).Select(match => match.Groups["image"].Value)
            .Where(image => !image.StartsWith("${", StringComparison.Ordinal) && !image.Contains(':', StringComparison.Ordinal));

        Offenders.None(arguments.Select(match => match.Value).Concat(stages));
        Assert.DoesNotContain(":latest", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Dockerfiles))]
    public void What_runs_is_nobody_in_particular_and_is_asked_for_its_health(string dockerfile)
    {
        foreach (var stage in Regex.Split(Repository.Read(dockerfile), "(?m)^(?=FROM )").Where(stage => stage.Contains("\nENTRYPOINT", StringComparison.Ordinal)))
        {
            var user = User().Match(stage).Groups["user"].Value;
            Assert.False(user is "" or "0" or "root", $"{dockerfile}: the user is '{user}'");
            Assert.Contains("\nHEALTHCHECK", stage, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_image_of_our_programs_is_given_every_project_that_they_are_built_from()
    {
        var dockerfile = Repository.Read("compose/images/gantry/Dockerfile");
        var needed = new HashSet<string>();
        Follow("sidecar/Sidecar/Gantry.Sidecar.csproj", needed);
        Follow("cloud/Cloud/Gantry.Cloud.csproj", needed);

        Offenders.None(needed.Where(project => !dockerfile.Contains($"COPY {project} ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(".env")]
    [InlineData("compose/secrets")]
    [InlineData("compose/tls")]
    [InlineData(".git")]
    public void What_is_nobodys_business_never_gets_into_an_image(string path) =>
        Assert.Contains(path, File.ReadAllLines(Path.Combine(Repository.Root, ".dockerignore")));

    private static void Follow(string project, HashSet<string> needed)
    {
        if (!needed.Add(project))
            return;
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, project))!;
        foreach (Match reference in Reference().Matches(Repository.Read(project)))
            Follow(Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(folder, reference.Groups["path"].Value))), needed);
    }

    [GeneratedRegex(@"(?m)^ARG (?<name>\w+)=(?<value>\S*)$")]
    private static partial Regex Argument();

    [GeneratedRegex(@"(?m)^FROM (?<image>\S+)")]
    private static partial Regex From();

    [GeneratedRegex(@"(?m)^USER (?<user>\S+)$")]
    private static partial Regex User();

    [GeneratedRegex("<ProjectReference Include=\"(?<path>[^\"]+)\"")]
    private static partial Regex Reference();
}
