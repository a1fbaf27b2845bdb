using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;

namespace ChatOpsCampaigns.Dialogs.Commands.Workspace;

/// <summary>A verb that is promised and not built yet: it says so and what serves today.</summary>
public sealed class ComingCommand : ICommand
{
    private const string Later = "comes later";

    private readonly string _instead;

    private ComingCommand(string name, string example, string instead)
    {
        _instead = instead;
        Verb = new Verb(
            name, [name], [new VerbArgument("rest", ArgumentKind.Words, "anything", Optional: true)], Permission.See, VerbKind.Reads, Later, example);
    }

    public Verb Verb { get; }

    public static bool Is(Verb verb) => verb.Summary == Later;

    public static IReadOnlyList<ComingCommand> All { get; } =
    [
        new("report", "report", "\"status\" and \"feed\" work today."),
        new("insights", "insights c1", "\"status\" and \"why\" work today."),
        new("bind", "bind meta", "\"setup\" says today which channels an account has."),
        new("guard", "guard meta", "Campaigns launched here are all watched."),
    ];

    public Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) =>
        turn.SayAsync($"\"{Verb.Name}\" is not built yet. {_instead}", cancellationToken);
}
