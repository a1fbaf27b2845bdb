using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands;

public sealed class HelpCommand(Lazy<VerbCatalogue> catalogue) : ICommand
{
    public Verb Verb { get; } = new(
        "help", ["help", "commands"], Takes.Nothing, Permission.See, VerbKind.Reads, "shows what you can say", "help");

    public Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) =>
        turn.SayAsync(ChatMessage.Of(HelpCard.For(turn.Person, catalogue.Value)), cancellationToken);
}
