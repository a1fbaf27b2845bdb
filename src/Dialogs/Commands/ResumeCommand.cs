using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands;

public sealed class ResumeCommand(CampaignControl control) : ICommand
{
    public Verb Verb { get; } = new(
        "resume", ["resume"], [Takes.Campaign], Permission.Raise, VerbKind.Acts, "lets a paused campaign run again, after asking; one that an incident stopped is judged again first", "resume c1");

    public Task<Confirmation?> AsksAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) =>
        Task.FromResult(call.Campaign.Status != CampaignStatus.Paused ? null : new Confirmation($"Resume {call.Campaign.Name} at {call.Campaign.DailyBudget} a day?")
        {
            Lines = [$"It may spend up to {call.Campaign.Spec.Budget.MaxDailySpend} a day."],
        });

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) =>
        await turn.SayAsync((await control.ResumeAsync(call.Campaign.Id, turn.Person, cancellationToken)).Says, cancellationToken);
}
