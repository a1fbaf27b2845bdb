using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Workspace;

/// <summary>The settings as they hold now, in words and without secrets. The host knows them.</summary>
public interface ISettingsView
{
    /// <param name="reader">Accounts that are not shown to them are left out.</param>
    Task<IReadOnlyList<(string Name, string Value)>> ListAsync(Person reader, CancellationToken cancellationToken);
}

public sealed class SettingsCommand(ISettingsView settings) : ICommand
{
    public Verb Verb { get; } = new(
        "settings", ["settings", "ai settings"], Takes.Nothing, Permission.Operate, VerbKind.Reads, "shows how this installation is set up, and what of it was said in the chat", "settings");

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var all = await settings.ListAsync(turn.Person, cancellationToken);
        await turn.SayAsync(ChatMessage.Of(new SettingsCard([.. all.Select(one => new SettingsCard.Row(one.Name, one.Value))])), cancellationToken);
    }
}
