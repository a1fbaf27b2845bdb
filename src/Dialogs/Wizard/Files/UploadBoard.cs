using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Wizard.Files;

/// <summary>
/// Has a draft's files prepared for its network while the person answers on, and shows on the card of each how that goes. What was
/// wished for before the network or the shape changed is no longer shown.
/// </summary>
public sealed class UploadBoard(
    CreativeProcessor creatives, PreparationFaults faults, IDraftStore drafts, IAdNetworkDirectory networks, ChatDesk chat) : IPreparationWatcher
{
    private readonly Turnstile _cards = new();

    /// <summary>The message about one file of a draft.</summary>
    public static string Subject(DraftId draft, Digest file) => $"upload/{draft}/{file}";

    /// <summary>Found among what was made before, or wished for.</summary>
    /// <param name="afresh">Also what was refused before is tried again.</param>
    public async Task PrepareAsync(DraftId draft, IEnumerable<Digest> files, bool afresh, CancellationToken cancellationToken)
    {
        foreach (var file in files)
            await PrepareAsync(draft, file, afresh, cancellationToken);
    }

    /// <summary>Goes on with every open draft after a restart.</summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        foreach (var draft in await drafts.OpenAsync(cancellationToken))
            await PrepareAsync(draft.Id, draft.Creatives.Select(creative => creative.File), afresh: true, cancellationToken);
    }

    public async Task SeeAsync(PreparationStanding standing, CancellationToken cancellationToken)
    {
        var (wish, subject) = (standing.Wish, Subject(standing.Wish.Draft, standing.Wish.Creative.File));
        using var turn = await _cards.EnterAsync(subject, cancellationToken);
        var draft = await drafts.FindAsync(wish.Draft, cancellationToken);
        var creative = draft is null ? wish.Creative : Find(draft, wish.Creative.File);
        var isAsWished = creative?.Fit == wish.Creative.Fit && (draft is null || draft.Network == wish.Profile.Name);
        if (creative is not null && isAsWished)
            await chat.EditAllAsync(subject, ChatMessage.Of(UploadCards.Of(draft, creative, wish.Profile, standing.Outcome)), cancellationToken);
    }

    private async Task PrepareAsync(DraftId id, Digest file, bool afresh, CancellationToken cancellationToken)
    {
        using var turn = await _cards.EnterAsync(Subject(id, file), cancellationToken);
        if (await drafts.FindAsync(id, cancellationToken) is not { } draft || Find(draft, file) is not { } creative)
            return;

        var profile = networks.Profiles.FirstOrDefault(known => known.Name == draft.Network);
        var known = profile is null ? null : await KnownAsync(creative, profile, afresh, cancellationToken);
        await chat.EditAllAsync(Subject(id, file), ChatMessage.Of(UploadCards.Of(draft, creative, profile, known)), cancellationToken);
        if (profile is not null && known is null)
            creatives.Warm(id, creative, profile);
    }

    private async Task<PreparationOutcome?> KnownAsync(SourceCreative creative, NetworkProfile profile, bool afresh, CancellationToken cancellationToken)
    {
        if (await creatives.FindAsync(creative, profile, cancellationToken) is { } ready)
            return new PreparationOutcome.Ready(ready);

        return afresh || faults.Find(creative, profile) is not { } says ? null : new PreparationOutcome.Refused(says);
    }

    private static SourceCreative? Find(CampaignDraft draft, Digest file) => draft.Creatives.FirstOrDefault(known => known.File == file);
}
