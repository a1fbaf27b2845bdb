using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Wizard.Reading;

namespace ChatOpsCampaigns.Dialogs.Commands.Workspace;

public sealed class HelpCommand(Lazy<VerbCatalogue> catalogue) : ICommand
{
    public Verb Verb { get; } = new(
        "help", ["help", "commands"], [new VerbArgument("about", ArgumentKind.Words, "a word, for example budget", Optional: true)], Permission.See, VerbKind.Reads,
        "shows what you can say, all of it or about one word", "help");

    public Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var all = HelpCard.For(turn.Person, catalogue.Value);
        if (call.Find<string>("about") is not { } about)
            return turn.SayAsync(ChatMessage.Of(all), cancellationToken);

        var word = LineReading.Shortened(about);
        return turn.SayAsync(
            all.About(about) is { } found ? ChatMessage.Of(found with { Title = $"What you can say about \"{word}\"" }) : new ChatMessage($"I have no help for \"{word}\". Say \"help\" for everything I understand."),
            cancellationToken);
    }
}
