using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Setup;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;

namespace ChatOpsCampaigns.Dialogs.Commands.Workspace;

public sealed class SetupCommand(SetupDialog dialog) : ICommand
{
    private const string Caps = $"{SetupDialog.CapsWord} ";

    public Verb Verb { get; } = new(
        "setup", ["setup", "set up"], [new VerbArgument("account", ArgumentKind.Words, "an ad account, for example meta", Optional: true)], Permission.SetUp, VerbKind.Acts,
        "walks through account, channels, on-call and limits, and ends with a test emergency", "setup");

    public Task<Confirmation?> AsksAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) =>
        CapsIn(call) is { } caps ? dialog.CapsQuestionAsync(turn, caps, cancellationToken) : Task.FromResult<Confirmation?>(null);

    public Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) =>
        CapsIn(call) is { } caps ? dialog.TakeCapsAsync(turn, caps, cancellationToken) : dialog.StartAsync(turn, call.Find<string>("account"), cancellationToken);

    private static string? CapsIn(VerbCall call) =>
        call.Find<string>("account") is { } said && said.StartsWith(Caps, StringComparison.OrdinalIgnoreCase) ? said[Caps.Length..] : null;
}
