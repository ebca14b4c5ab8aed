using Gantry.Dicom.Network;

namespace Gantry.Dicom.Tests.Network;

public sealed class UnaskedAnswerTests
{
    /// <summary>PS3.7 D.3.3.7.2; gdcmscu gives up on an association in which the sub-item comes unasked.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(false)]
    public async Task A_user_identity_is_not_answered_unless_an_answer_was_asked_for(bool? responseRequested)
    {
        await using var listener = await Listening.WithAsync();
        await using var peer = await ScriptedPeer.ConnectAsync(listener);

        var answer = await peer.AssociateAsync(ScriptedPeer.Proposal(VerificationService.SopClassUid) with
        {
            UserIdentity = responseRequested is { } requested ? new(1, requested, "user"u8.ToArray(), default) : null,
        });

        Assert.Null(answer.UserIdentityResponse);
    }
}
