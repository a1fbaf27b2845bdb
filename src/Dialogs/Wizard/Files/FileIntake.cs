using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Dialogs.Wizard.Files;

/// <summary>
/// Takes the files of a turn: acknowledged at once, looked into side by side, one card for each that is edited in place. Whatever
/// happens to one file, the others go on.
/// </summary>
public sealed partial class FileIntake(CreativeProcessor creatives, ILogger<FileIntake> log)
{
    private const int MostCreatives = 30;

    /// <summary>The usable ones in the order of the drop, those that the draft has already among them; the others are explained on their cards.</summary>
    public async Task<IReadOnlyList<SourceCreative>> TakeAsync(TurnContext turn, CampaignDraft draft, CancellationToken cancellationToken)
    {
        var files = turn.Turn.Files.Take(MostCreatives - draft.Creatives.Length).ToList();
        foreach (var (file, index) in files.Select((file, index) => (file, index)))
            await ShowAsync(turn, Subject(draft, turn, index), UploadCards.Received(file.Name), cancellationToken);

        if (files.Count < turn.Turn.Files.Length)
            await turn.SayAsync($"A campaign takes at most {MostCreatives} creatives; {turn.Turn.Files.Length - files.Count} of these were left out.", cancellationToken);

        var first = new ConcurrentDictionary<Digest, (string Subject, string Name)>();
        var seen = await Task.WhenAll(files.Select((file, index) => LookAsync(turn, draft, file, Subject(draft, turn, index), first, cancellationToken)));
        return [.. seen.OfType<SourceCreative>().DistinctBy(creative => creative.File)];
    }

    private async Task<SourceCreative?> LookAsync(
        TurnContext turn, CampaignDraft draft, ChatFile file, string subject, ConcurrentDictionary<Digest, (string Subject, string Name)> first,
        CancellationToken cancellationToken)
    {
        if (file.Bytes is { } bytes && bytes > FileLimits.Film)
        {
            await ShowAsync(turn, subject, UploadCards.Unusable(file.Name, FileLimits.TooHeavy(file.Name, bytes)), cancellationToken);
            return null;
        }

        try
        {
            var digest = await turn.Chat.FetchAsync(turn.Conversation, file, cancellationToken);
            if (first.GetOrAdd(digest, (subject, file.Name)) is var before && before.Subject != subject)
            {
                await ShowAsync(turn, subject, UploadCards.Unusable(file.Name, $"This is the same file as {before.Name} beside it; it counts once."), cancellationToken);
                return null;
            }

            return draft.Creatives.FirstOrDefault(known => known.File == digest) is { } known
                ? await KnownAsync(turn, draft, known, file, subject, cancellationToken)
                : await NewAsync(turn, draft, digest, file, subject, cancellationToken);
        }
        catch (ChatFileException fault)
        {
            await ShowAsync(turn, subject, UploadCards.Unusable(file.Name, fault.Message), cancellationToken);
            return null;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            NotLookedAt(file.Name, fault);
            await ShowAsync(turn, subject, UploadCards.Unusable(file.Name, "I could not look into this file; the fault is on my side. Drop it again."), cancellationToken);
            return null;
        }
    }

    private async Task<SourceCreative?> NewAsync(
        TurnContext turn, CampaignDraft draft, Digest digest, ChatFile file, string subject, CancellationToken cancellationToken)
    {
        var inspection = await creatives.InspectAsync(digest, file.Name, cancellationToken);
        if (inspection is not Inspection.Usable { Creative: var creative })
        {
            await ShowAsync(turn, subject, UploadCards.Unusable(file.Name, ((Inspection.Refused)inspection).Says), cancellationToken);
            return null;
        }

        await ShowAsync(turn, subject, UploadCards.Looked(creative), cancellationToken);
        await turn.Chat.NameAsync(turn.Conversation, subject, UploadBoard.Subject(draft.Id, digest), cancellationToken);
        return creative;
    }

    /// <summary>A turn that a crash interrupted comes again: then the card that stands for the file is this very one.</summary>
    private static async Task<SourceCreative> KnownAsync(
        TurnContext turn, CampaignDraft draft, SourceCreative known, ChatFile file, string subject, CancellationToken cancellationToken)
    {
        var own = await turn.Chat.FindAsync(turn.Conversation, subject, cancellationToken);
        if (own != await turn.Chat.FindAsync(turn.Conversation, UploadBoard.Subject(draft.Id, known.File), cancellationToken))
            await ShowAsync(turn, subject, UploadCards.Unusable(file.Name, $"This is the same file as {known.FileName}; it is in the campaign already."), cancellationToken);

        return known;
    }

    private static Task ShowAsync(TurnContext turn, string subject, UploadCard card, CancellationToken cancellationToken) =>
        turn.Chat.ShowAsync(turn.Conversation, subject, ChatMessage.Of(card), cancellationToken);

    private static string Subject(CampaignDraft draft, TurnContext turn, int index) => $"upload/{draft.Id}/{turn.Turn.Id}/{index}";

    [LoggerMessage(EventId = 320, Level = LogLevel.Error, Message = "{File} could not be looked into.")]
    private partial void NotLookedAt(string file, Exception fault);
}
