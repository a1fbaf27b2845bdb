using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Cards.Parts;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Looking;

public sealed class ExposureCommand(ExposureProjection exposure) : ICommand
{
    private const int Most = 12;

    public Verb Verb { get; } = new(
        "exposure", ["exposure", "money at risk"], Takes.Nothing, Permission.See, VerbKind.Reads,
        "shows what may have been spent by now although nobody reported it yet: per campaign, account and in all, the worst first", "exposure");

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var figures = await exposure.BuildAsync(turn.Person, cancellationToken);
        if (figures.Lines.IsEmpty)
        {
            await turn.SayAsync("Nothing is at risk: no campaign may spend now.", cancellationToken);
            return;
        }

        await turn.SayAsync(
            ChatMessage.Of(new SheetCard(
                "Money at risk now",
                [.. figures.Workspace.Select(sum => $"In all: {ExposureWords.Of(sum)}")],
                [
                    .. figures.Lines.Take(Most).Select(line => new SheetCard.Section(
                        $"{line.Campaign.Name} ({line.Campaign.Handle}{(line.Campaign.IsSimulated ? ", simulated" : "")})", [ExposureWords.Of(line)])),
                    new SheetCard.Section("By account", [.. figures.Accounts.Select(sum => $"{sum.Name}: {ExposureWords.Of(sum)}")]),
                ],
                figures.Lines.Length > Most ? $"{figures.Lines.Length - Most} more with less at risk are counted and not shown." : "")),
            cancellationToken);
    }
}
