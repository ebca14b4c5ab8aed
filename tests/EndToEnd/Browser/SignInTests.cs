using Gantry.Sidecar.Accounts;

namespace Gantry.EndToEnd.Tests.Browser;

/// <summary>With accounts on, a radiologist signs in to the viewer, reads, and signs out.</summary>
public sealed class SignInTests
{
    private const string Password = "correct horse";

    [Fact]
    public async Task A_reader_signs_in_reads_and_signs_out()
    {
        var data = GantrySystem.NewFolder();
        await using var system = await GantrySystem.StartAsync(data, environment: new Dictionary<string, string>
        {
            ["Accounts__Enabled"] = "true", ["Accounts__KeyFolder"] = Path.Combine(data, "keys"), ["Accounts__Users__0__Name"] = "reader",
            ["Accounts__Users__0__PasswordHash"] = Passwords.Hash(Password),
        });
        var study = Gantry.Dicom.DicomUid.New();
        await new Archive(system).UploadAsync(await Images.SaveOneAsync(system.Data, "CR", study, "SIGNEDIN"));
        var chromium = new Chromium();
        try
        {
            await chromium.InitializeAsync();
            var ohif = await OhifPage.StartAsync(chromium, $"http://localhost:{system.Ports.Viewer}");

            await ohif.OpenStudyAsync(study);
            await ReadingRoom.PhotographAsync(ohif, "sign-in");
            await ohif.Page.GetByLabel("Name").FillAsync("reader");
            await ohif.Page.GetByLabel("Password").FillAsync(Password);
            await ohif.Page.Keyboard.PressAsync("Enter");

            Assert.Equal(study, (await ohif.ShownImageAsync()).StudyUid);
            Assert.True(ohif.Complaints.Count == 0, string.Join("\n", ohif.Complaints));
            await ohif.Page.GotoAsync($"http://localhost:{system.Ports.Viewer}/sign-out");
            await ohif.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
            await ohif.Page.GetByLabel("Password").WaitForAsync();
            await ohif.OpenStudyAsync(study);
            await ohif.Page.GetByLabel("Password").WaitForAsync();
        }
        finally
        {
            await chromium.DisposeAsync();
        }
    }
}
