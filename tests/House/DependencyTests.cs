using System.Xml.Linq;

namespace Gantry.House.Tests;

/// <summary>
/// Arrows go one way: hosts know libraries, libraries never know hosts, and the two hosts meet only through Contracts.
/// A project that is not listed here fails, so that a new one is placed on purpose.
/// </summary>
public sealed class DependencyTests
{
    /// <summary>What each project may reference. Projects that come later are listed already.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["sidecar/Dicom/Gantry.Dicom.csproj"] = [],
        ["sidecar/Worklist/Gantry.Worklist.csproj"] = [],
        ["sidecar/Audit/Gantry.Audit.csproj"] = [],
        ["orthanc/Orthanc.Net/Orthanc.Net.csproj"] = [],
        ["emr-sync/Odbc/Gantry.Odbc.csproj"] = [],
        ["emr-sync/EmrSync/Gantry.EmrSync.csproj"] = ["Gantry.Worklist", "Gantry.Odbc"],
        ["cloud/Contracts/Gantry.Contracts.csproj"] = [],
        ["cloud/Relay/Gantry.Relay.csproj"] = ["Gantry.Contracts"],
        ["sidecar/Sidecar/Gantry.Sidecar.csproj"] =
            ["Gantry.Dicom", "Gantry.Worklist", "Orthanc.Net", "Gantry.EmrSync", "Gantry.Odbc", "Gantry.Contracts", "Gantry.Relay", "Gantry.Audit"],
        ["cloud/Cloud/Gantry.Cloud.csproj"] = ["Gantry.Contracts", "Gantry.Relay", "Gantry.Audit"],
    };

    private static readonly string[] Hosts = ["Gantry.Sidecar", "Gantry.Cloud"];

    public static TheoryData<string> Projects => [.. Repository.FilesEndingWith(".csproj").Where(path => !path.StartsWith("tests/", StringComparison.Ordinal))];

    public static TheoryData<string> TestProjects => [.. Repository.FilesEndingWith(".csproj").Where(path => path.StartsWith("tests/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_the_design_allows(string project)
    {
        Assert.True(Allowed.TryGetValue(project, out var allowed),
            $"{project} is not in the design: list it in {nameof(DependencyTests)} with what it may reference.");

        Offenders.None(References(project).Except(allowed));
    }

    [Fact]
    public void No_project_in_the_list_may_reach_a_host_or_itself()
    {
        var reachable = Allowed.ToDictionary(
            entry => Path.GetFileNameWithoutExtension(entry.Key), entry => entry.Value);

        Assert.All(reachable, entry =>
        {
            var seen = new HashSet<string>();
            var waiting = new Queue<string>(entry.Value);
            while (waiting.TryDequeue(out var name))
            {
                if (seen.Add(name))
                    Array.ForEach(reachable[name], waiting.Enqueue);
            }
            Assert.DoesNotContain(entry.Key, seen);
            Offenders.None(seen.Intersect(Hosts));
        });
    }

    /// <summary>The worklist knows no DICOM wire, and the wire knows no package at all.</summary>
    [Fact]
    public void The_DICOM_library_needs_no_package() =>
        Offenders.None(Elements("sidecar/Dicom/Gantry.Dicom.csproj", "PackageReference"));

    [Theory]
    [MemberData(nameof(TestProjects))]
    public void A_test_project_of_one_part_does_not_reach_for_another_host(string project)
    {
        var hosts = References(project).Intersect(Hosts).ToList();

        Assert.True(hosts.Count <= 1 || project.StartsWith("tests/EndToEnd/", StringComparison.Ordinal),
            $"{project} references {string.Join(" and ", hosts)}; only tests/EndToEnd joins the two hosts.");
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repository.Read("Solution.sln").Replace('\\', '/');

        Assert.All(Repository.FilesEndingWith(".csproj"), project => Assert.Contains($"\"{project}\"", solution, StringComparison.Ordinal));
    }

    private static IEnumerable<string> References(string project) =>
        Elements(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

    private static List<string> Elements(string project, string name) =>
        [.. XDocument.Parse(Repository.Read(project)).Descendants(name).Select(element => (string?)element.Attribute("Include")).OfType<string>()];
}
