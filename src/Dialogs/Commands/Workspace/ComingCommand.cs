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
        new("set cap", "set cap c1 $800", "\"set budget\" and \"set bid\" work today."),
        new("set mode", "set mode c1 balanced", "The mode is chosen before launch today."),
        new("set target", "set target c1 $12", "\"set bid\" works today."),
        new("set min roas", "set min roas c1 2.0", "It is chosen before launch today."),
        new("set max cpa", "set max cpa c1 $18", "It is chosen before launch today."),
        new("undo", "undo c1", "\"set budget\" and \"set bid\" put a value back; in an incident \"roll back\" does."),
        new("roll back since", "roll back since 9am", "In an incident \"roll back\" works today."),
        new("exposure", "exposure", "\"status\" shows what could be lost now."),
        new("scorecard", "scorecard", "\"why\" shows single decisions today."),
        new("what if", "what if budget $700 c1", "The forecast before a launch answers this for new campaigns."),
        new("drill", "drill", "\"simulate runaway\" tries the real thing on a simulated network."),
        new("report", "report", "\"status\" and \"feed\" work today."),
        new("insights", "insights c1", "\"status\" and \"why\" work today."),
        new("recommendations", "recommendations", "They are shown while a campaign is being made."),
        new("copy", "copy c1", "A new one can be made from one sentence."),
        new("bind", "bind meta", "\"setup\" says today which channels an account has."),
        new("guard", "guard meta", "Campaigns launched here are all watched."),
    ];

    public Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) =>
        turn.SayAsync($"\"{Verb.Name}\" is not built yet. {_instead}", cancellationToken);
}
