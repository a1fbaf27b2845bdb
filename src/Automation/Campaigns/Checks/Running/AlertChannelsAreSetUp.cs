using ChatOpsCampaigns.Automation.Alerts;

namespace ChatOpsCampaigns.Automation.Campaigns.Checks.Running;

/// <summary>Alert channels that were chosen and that nobody has set up on this installation: said before launch, not found out in an emergency.</summary>
public sealed class AlertChannelsAreSetUp(IEnumerable<IAlertChannel> channels) : IDraftCheck
{
    private static readonly (AlertChannels Chosen, string Channel, string Word)[] Words =
        [(AlertChannels.Chat, "chat", "chat"), (AlertChannels.Email, "email", "mail"), (AlertChannels.Sms, "sms", "SMS"), (AlertChannels.Push, "push", "push")];

    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around)
    {
        if (draft.Automation is not { } automation)
            yield break;

        var missing = Words.Where(one => automation.Notify.HasFlag(one.Chosen) && Is(one.Channel, setUp: false)).Select(one => one.Word).ToList();
        if (missing.Count == 0)
            yield break;

        var there = Words.Where(one => one.Chosen == AlertChannels.Chat || Is(one.Channel, setUp: true)).Select(one => one.Word).ToList();
        var said = List(missing);
        yield return Problem.Warns(
            $"{nameof(draft.Automation)}.{nameof(automation.Notify)}",
            $"{char.ToUpperInvariant(said[0])}{said[1..]} {(missing.Count == 1 ? "is" : "are")} not set up here; alerts go by {List(there)} only.");
    }

    private bool Is(string name, bool setUp) => channels.Any(channel => channel.Name == name && channel.IsSetUp == setUp);

    private static string List(List<string> words) => words.Count == 1 ? words[0] : $"{string.Join(", ", words[..^1])} and {words[^1]}";
}
