using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;
using ChatOpsCampaigns.Dialogs.Wizard;

namespace ChatOpsCampaigns.Dialogs.Commands.Drafts;

/// <summary>A new draft of what a campaign was made of; nothing is launched before it went through the review like any other.</summary>
public sealed partial class CopyCommand(CampaignWizard wizard) : ICommand
{
    private const string Changes = "changes";

    public Verb Verb { get; } = new(
        "copy", ["copy"], [Takes.Campaign, new VerbArgument(Changes, ArgumentKind.Words, "what is to be different: to tiktok, with countries CA, with more creatives", Optional: true)], Permission.Draft,
        VerbKind.Proposes, "opens a new draft with everything that a campaign was made of, and what you want different; nothing is launched before you launch it", "copy c1 with countries CA, $100 a day");

    public Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var said = call.Find<string>(Changes) ?? "";
        var more = MoreCreatives().IsMatch(said);
        var words = Beginning().Replace(MoreCreatives().Replace(said, ""), "").Trim(' ', ',');
        return wizard.StartAsync(
            turn, empty => DraftOfCampaign.Fill(empty, call.Campaign) is var draft && more ? draft with { CreativesDone = false } : draft, words.Length == 0 ? null : words, cancellationToken);
    }

    [GeneratedRegex(@"\b(?:with\s+)?(?:more|new|other)\s+(?:creatives|pictures|films|files|ads)\b", RegexOptions.IgnoreCase)]
    private static partial Regex MoreCreatives();

    [GeneratedRegex(@"^\s*(?:with|to|in|on|for|as)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Beginning();
}
