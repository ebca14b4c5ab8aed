using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gantry.EndToEnd.Tests;

/// <summary>A modality made of npm's dcmjs-dimse: one association with some requests, by <c>peers/conversation.js</c>.</summary>
internal sealed class NpmModality(int port, string aeTitle = "NPM")
{
    private readonly List<JsonObject> _steps = [];

    public NpmModality Echo() => Add(new() { ["do"] = "echo" });

    public NpmModality Find(JsonObject keys, int? cancelAfter = null) =>
        Add(new() { ["do"] = "find", ["keys"] = keys, ["cancelAfter"] = cancelAfter });

    public NpmModality Create(string uid, JsonObject attributes) =>
        Add(new() { ["do"] = "create", ["uid"] = uid, ["attributes"] = attributes });

    public NpmModality Set(string uid, JsonObject attributes) =>
        Add(new() { ["do"] = "set", ["uid"] = uid, ["attributes"] = attributes });

    public NpmModality Get(string uid, params string[] keywords) =>
        Add(new() { ["do"] = "get", ["uid"] = uid, ["tags"] = new JsonArray([.. keywords.Select(keyword => JsonValue.Create(keyword))]) });

    /// <summary>Talks, releases, and gives the responses in their order.</summary>
    public async Task<IReadOnlyList<NpmResponse>> TalkAsync()
    {
        var conversation = new JsonObject
        {
            ["host"] = "localhost", ["port"] = port, ["calling"] = aeTitle, ["called"] = "WORKLISTS",
            ["steps"] = new JsonArray([.. _steps]),
        };
        var script = Path.Combine(GantrySystem.Root, "tests", "EndToEnd", "peers", "conversation.js");
        var result = (await Peer.RunAsync("node", [script, conversation.ToJsonString()])).MustSucceed();
        return [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Read)];
    }

    /// <summary>What a modality sends when it starts an exam of an order.</summary>
    public static JsonObject Started(string modality, string accession, string studyUid, string patientName = "NPM^PATIENT") => new()
    {
        ["PerformedProcedureStepStatus"] = "IN PROGRESS", ["PerformedProcedureStepID"] = $"S{accession}",
        ["PerformedStationAETitle"] = "NPM", ["PerformedProcedureStepStartDate"] = "20260105",
        ["PerformedProcedureStepStartTime"] = "091500", ["Modality"] = modality, ["PatientName"] = patientName,
        ["PatientID"] = $"P{accession}", ["PatientBirthDate"] = "19700101", ["PatientSex"] = "O",
        ["ScheduledStepAttributesSequence"] = new JsonArray(new JsonObject
        {
            ["StudyInstanceUID"] = studyUid, ["AccessionNumber"] = accession, ["RequestedProcedureID"] = accession,
            ["ScheduledProcedureStepID"] = accession,
        }),
    };

    /// <summary>What a modality sends when the exam is over.</summary>
    public static JsonObject Ended(string status, params string[] seriesUids) => new()
    {
        ["PerformedProcedureStepStatus"] = status, ["PerformedProcedureStepEndDate"] = "20260105",
        ["PerformedProcedureStepEndTime"] = "094500",
        ["PerformedSeriesSequence"] = new JsonArray([.. seriesUids.Select(uid => new JsonObject
        {
            ["SeriesInstanceUID"] = uid, ["ProtocolName"] = "T1", ["SeriesDescription"] = "Head", ["RetrieveAETitle"] = "ORTHANC",
        })]),
    };

    private NpmModality Add(JsonObject step)
    {
        _steps.Add(step);
        return this;
    }

    private static NpmResponse Read(string line)
    {
        var json = JsonDocument.Parse(line).RootElement;
        return new(
            json.GetProperty("step").GetInt32(), json.GetProperty("status").GetInt32(), json.GetProperty("comment").GetString()!,
            json.GetProperty("uid").GetString()!, json.GetProperty("data"));
    }
}

/// <summary>A response as dcmjs-dimse took it: which request, the status, and the data set in its JSON by keywords.</summary>
internal sealed record NpmResponse(int Step, int Status, string Comment, string Uid, JsonElement Data);
