namespace Orthanc.Net.Tests;

/// <summary>Orthanc is its own modality ('self'), and knows one that is never there ('nobody').</summary>
[Collection(ArchiveTests.Name)]
public sealed class ModalityTests(RunningOrthanc orthanc)
{
    private readonly OrthancClient _client = orthanc.Client;

    [Fact]
    public async Task The_nodes_of_the_configuration_are_listed()
    {
        Assert.Contains("self", await _client.Modalities.ListNamesAsync());
        Assert.Equal(orthanc.Process.DicomPort, (await _client.Modalities.ListAsync())["self"].Port);
        var self = await _client.Modalities.GetAsync("self");
        Assert.Equal(("TESTED", "127.0.0.1", true), (self.AeTitle, self.Host, self.AllowStore));
    }

    [Fact]
    public async Task A_node_is_added_and_removed()
    {
        await _client.Modalities.SetAsync("added", new OrthancModality { AeTitle = "ADDED", Host = "localhost", Port = 1234, AllowMove = false });

        var added = await _client.Modalities.GetAsync("added");
        Assert.Equal(("ADDED", 1234, false), (added.AeTitle, added.Port, added.AllowMove));
        await _client.Modalities.RemoveAsync("added");
        Assert.DoesNotContain("added", await _client.Modalities.ListNamesAsync());
    }

    [Fact]
    public async Task An_echo_tells_who_answers_and_who_does_not()
    {
        await _client.Modalities.EchoAsync("self");
        await Assert.ThrowsAsync<OrthancNotFoundException>(() => _client.Modalities.EchoAsync("unlisted"));
        var error = await Assert.ThrowsAnyAsync<OrthancAnswerException>(() => _client.Modalities.EchoAsync("nobody"));
        Assert.Contains("network protocol", error.Message, StringComparison.Ordinal);
        Assert.Contains("NOBODY", error.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Images_are_sent_by_a_job_that_can_be_followed()
    {
        var stored = await new SyntheticImage().UploadAsync(_client);

        var reference = await _client.Modalities.StoreAsync("self", [stored.ParentStudy!]);
        var seen = new List<OrthancJob>();
        await foreach (var job in _client.Jobs.FollowAsync(reference.Id))
            seen.Add(job);

        Assert.Equal(("DicomModalityStore", JobState.Success, 100), (seen[^1].Type, seen[^1].State, seen[^1].Progress));
        Assert.All(seen.SkipLast(1), job => Assert.False(job.IsDone));
        Assert.Equal(1, seen[^1].Content.GetProperty("InstancesCount").GetInt32());
        Assert.True(seen[^1].CompletionTime >= seen[^1].CreationTime);
        Assert.Contains(await _client.Jobs.ListAsync(), job => job.Id == reference.Id);
    }

    [Fact]
    public async Task A_job_that_fails_says_why_and_can_be_tried_again()
    {
        var stored = await new SyntheticImage().UploadAsync(_client);

        var reference = await _client.Modalities.StoreAsync("nobody", [stored.Id]);
        var job = await _client.Jobs.WaitAsync(reference.Id);

        Assert.Equal((JobState.Failure, 9), (job.State, job.ErrorCode));
        Assert.Contains("network protocol", job.ErrorDescription, StringComparison.Ordinal);
        await _client.Jobs.ResubmitAsync(reference.Id);
        Assert.Equal(JobState.Failure, (await _client.Jobs.WaitAsync(reference.Id)).State);
        await Assert.ThrowsAsync<OrthancNotFoundException>(() => _client.Jobs.GetAsync("nothing"));
    }

    [Fact]
    public async Task A_node_is_queried_and_its_images_are_retrieved()
    {
        var image = new SyntheticImage();
        await image.UploadAsync(_client);

        var query = await _client.Modalities.QueryAsync("self", ResourceLevel.Study,
            new Dictionary<string, string> { ["AccessionNumber"] = image.AccessionNumber, ["StudyDescription"] = "" });

        var answer = Assert.Single(await query.ListAnswersAsync());
        Assert.Equal((image.StudyInstanceUid, "Synthetic"), (answer["StudyInstanceUID"], answer["StudyDescription"]));
        Assert.Equal(JobState.Success, (await _client.Jobs.WaitAsync((await query.RetrieveAsync("TESTED")).Id)).State);
        Assert.Equal(JobState.Success, (await _client.Jobs.WaitAsync((await query.RetrieveAsync(0)).Id)).State);
        await query.RemoveAsync();
        await Assert.ThrowsAsync<OrthancNotFoundException>(() => query.ListAnswersAsync());
    }

    [Fact]
    public async Task Images_are_moved_by_their_keys()
    {
        var image = new SyntheticImage();
        await image.UploadAsync(_client);
        var keys = new Dictionary<string, string> { ["StudyInstanceUID"] = image.StudyInstanceUid };

        await _client.Modalities.MoveAsync("self", ResourceLevel.Study, [keys], "TESTED");

        await Assert.ThrowsAnyAsync<OrthancAnswerException>(() => _client.Modalities.MoveAsync("nobody", ResourceLevel.Study, [keys]));
    }

    [Fact]
    public async Task A_node_reports_what_it_keeps_and_what_not()
    {
        var image = new SyntheticImage();
        var stored = await image.UploadAsync(_client);

        var kept = await _client.StorageCommitment.WaitAsync(await _client.StorageCommitment.RequestAsync("self", [stored.ParentStudy!]));
        var transaction = await _client.StorageCommitment.RequestAsync("self",
            [new OrthancSopReference(SyntheticImage.SecondaryCapture, image.SopInstanceUid), new OrthancSopReference(SyntheticImage.SecondaryCapture, "1.2.3")]);
        var report = await _client.StorageCommitment.WaitAsync(transaction);

        Assert.Equal((CommitmentStatus.Success, "TESTED"), (kept.Status, kept.RemoteAeTitle));
        Assert.Equal((CommitmentStatus.Failure, image.SopInstanceUid), (report.Status, Assert.Single(report.Kept).SopInstanceUid));
        Assert.Equal(("1.2.3", 274), (Assert.Single(report.Failures).SopInstanceUid, report.Failures[0].FailureReason));
        await Assert.ThrowsAnyAsync<OrthancAnswerException>(() => _client.StorageCommitment.RemoveInstancesAsync(transaction));
        await Assert.ThrowsAsync<OrthancNotFoundException>(() => _client.StorageCommitment.GetAsync("1.2.3"));
    }

    [Fact]
    public async Task What_a_node_keeps_can_be_removed_here()
    {
        var stored = await new SyntheticImage().UploadAsync(_client);
        var transaction = await _client.StorageCommitment.RequestAsync("self", [stored.Id]);
        Assert.Equal(CommitmentStatus.Success, (await _client.StorageCommitment.WaitAsync(transaction)).Status);

        await _client.StorageCommitment.RemoveInstancesAsync(transaction);

        Assert.Null(await _client.Instances.TryGetAsync(stored.Id));
    }
}
