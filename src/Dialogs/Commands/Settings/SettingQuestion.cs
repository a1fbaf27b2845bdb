using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Tuning;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Raises;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Settings;

/// <summary>What all verbs share that change a setting of a running campaign.</summary>
internal static class SettingQuestion
{
    public const string Value = "value";

    public static Suiting Suits => Suiting.Of<Campaign>("stands at its network", campaign => campaign.IsOpen);

    public static VerbArgument ValueOf(string summary) => new(Value, ArgumentKind.Words, summary);

    /// <summary>The words of the value, without a "to" before them.</summary>
    public static string Said(VerbCall call) => call.Get<string>(Value) is var said && said.StartsWith("to ", StringComparison.OrdinalIgnoreCase) ? said[3..].Trim() : said;

    /// <summary>What loosens is asked about, and what the monitor would act on at its next check; what would be refused is said at once and asked of nobody.</summary>
    public static async Task<Confirmation?> AsksAsync(SettingDesk desk, Campaign campaign, SettingReading reading, Person by, CancellationToken cancellationToken)
    {
        if (!campaign.IsOpen || reading.Change is not { } change || change.Before == change.After || !by.May(change.Loosens ? Permission.Raise : Permission.Reduce, campaign.Account))
            return null;

        var asks = $"Change the {change.Name} of {campaign.Name} from {change.Before} to {change.After}?";
        if (!change.Loosens)
            return await desk.ActsOnAsync(campaign, change, cancellationToken) is { } acts ? new Confirmation(asks) { Lines = [acts], About = "although the monitor acts on it" } : null;

        var preview = await desk.PreviewAsync(campaign, change, by, cancellationToken);
        if (preview?.Objection is not null)
            return null;

        return new Confirmation(asks)
        {
            Lines = [.. Lines(campaign, change, preview)],
            Then = preview?.Unusual is { } size && change.Cap is { } cap ? new Confirmation($"{size}. Really {cap.To}?") { Lines = ["Typing the amount once more is a yes too."], Amount = cap.To } : null,
        };
    }

    internal static IEnumerable<string> Lines(Campaign campaign, SettingChange change, RaisePreview? preview)
    {
        yield return change.Cap is null
            ? change.IsWatched ? "The agent and the emergency monitor go by it from then on." : "The agent goes by it from its next turn on."
            : $"The monitor stops it there instead; its budget stays {campaign.DailyBudget} a day.";

        if (change.Note.Length > 0)
            yield return change.Note;

        if (preview?.SecondPerson is { } because)
            yield return $"{because}, so a second person has to approve it.";
    }

    public static async Task RunAsync(SettingDesk desk, VerbCall call, Func<Campaign, SettingReading> read, TurnContext turn, CancellationToken cancellationToken) =>
        await turn.SayAsync((await desk.SetAsync(call.Campaign.Id, read, turn.Person, call.Sure, cancellationToken)).Says, cancellationToken);
}
