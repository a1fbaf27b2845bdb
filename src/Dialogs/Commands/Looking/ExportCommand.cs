using System.Globalization;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Feed.Reports;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Looking;

/// <summary>The report as a file, for whoever asked alone: it holds what their place shows.</summary>
public sealed partial class ExportCommand(CampaignReport report, CampaignFinder campaigns, IMediaStore media, CampaignClock clock) : ICommand
{
    private const string What = "what";
    private const int Usual = 7;
    private const int Most = 90;

    private const string Takes = "Say \"export\" for every campaign, \"export c1\" for one, and \"export c1 30 days\" for more days.";

    public Verb Verb { get; } = new(
        "export", ["export", "export report", "export the report"], [new VerbArgument(What, ArgumentKind.Words, "a campaign, a number of days, or both", Optional: true)], Permission.See, VerbKind.Reads,
        "sends you a table for a spreadsheet: the dashboard's figures and those of each day, of every campaign or of one, of 7 days or up to 90", "export c1 30 days");

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var (name, days) = Read(call.Find<string>(What) ?? "");
        if (days is < 1 or > Most)
        {
            await turn.SayAsync($"I export 1 to {Most} days. {Takes}", cancellationToken);
            return;
        }

        var found = name.Length == 0 ? null : await campaigns.FindAsync(turn.Person, name, false, cancellationToken);
        if (found is { Only: null })
        {
            await turn.SayAsync($"I could not see which campaign is meant. {Takes}", cancellationToken);
            return;
        }

        var table = await report.ReadAsync(turn.Person, found?.Only?.Id, days, cancellationToken);
        if (table.Campaigns == 0)
        {
            await turn.SayAsync("There is no campaign yet, so there is nothing to export.", cancellationToken);
            return;
        }

        await SendAsync(turn, table, found?.Only, days, cancellationToken);
    }

    private async Task SendAsync(TurnContext turn, ReportTable table, Campaign? only, int days, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream(table.Csv());
        var file = new ChatDownload(
            string.Create(CultureInfo.InvariantCulture, $"{only?.Handle ?? "campaigns"}-{clock.GetUtcNow():yyyy-MM-dd}.csv"), await media.KeepAsync(bytes, cancellationToken));
        var message = new ChatMessage($"{only?.Name ?? (table.Campaigns == 1 ? "1 campaign" : $"{table.Campaigns} campaigns")}, {(days == 1 ? "today" : $"{days} days, today among them")}: {file.Name}.") { Download = file };
        var alone = turn.Chat.IsShared(turn.Conversation) ? await turn.Chat.FindDirectAsync(turn.Person.Id, cancellationToken) ?? turn.Conversation : turn.Conversation;
        await turn.Chat.PostAsync(alone, message, cancellationToken);
        if (alone != turn.Conversation)
            await turn.SayAsync("I sent you the table in our direct message.", cancellationToken);
    }

    private static (string Name, int Days) Read(string said)
    {
        if (SaidDays().Match(said) is not { Success: true } days)
            return (Named(said), Usual);

        return (Named(said[..days.Index]), int.TryParse(days.Groups["days"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue);
    }

    /// <summary>Nothing for all of them.</summary>
    private static string Named(string said) => said.Trim(' ', ',') is var name && Everyone().IsMatch(name) ? "" : name;

    [GeneratedRegex("^(?:all|everything|all campaigns|every campaign)$", RegexOptions.IgnoreCase)]
    private static partial Regex Everyone();

    [GeneratedRegex(@"(?:^|\s)(?:(?:for|of) )?(?:the )?(?:last )?(?<days>\d+)\s?d(?:ays?)?$", RegexOptions.IgnoreCase)]
    private static partial Regex SaidDays();
}
