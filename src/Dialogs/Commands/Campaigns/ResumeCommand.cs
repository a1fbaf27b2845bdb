using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Dialogs.Incidents;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Campaigns;

/// <summary>What was stopped in an emergency is resumed as its incident is: judged again, by those on call.</summary>
public sealed class ResumeCommand(CampaignControl control, IncidentDesk desk, IncidentReply reply, ResumeQuestion question) : ICommand
{
    public Verb Verb { get; } = new(
        "resume", ["resume"], [Takes.Campaign], Permission.Raise, VerbKind.Acts, "lets a paused campaign run again, after asking; one that an incident stopped is judged again first", "resume c1");

    /// <summary>What an incident stopped is not offered to who may not let it run again.</summary>
    public Suiting SuitingTo(Person by) => by.MaySomewhere(Permission.Respond)
        ? Suiting.Of<Campaign>("is paused or stopped", campaign => campaign.Status is CampaignStatus.Paused or CampaignStatus.Stopped)
        : Suiting.Of<Campaign>("is paused", campaign => campaign.Status == CampaignStatus.Paused);

    public async Task<Confirmation?> AsksAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) => call.Campaign.Status switch
    {
        CampaignStatus.Paused => await question.AsksAsync(call.Campaign, turn.Person, cancellationToken),
        CampaignStatus.Stopped when turn.Person.May(Permission.Respond, call.Campaign.Account) && await desk.FindStopAsync(call.Campaign.Id, cancellationToken) is { } stop =>
            await question.AsksAsync(stop, turn.Person, cancellationToken),
        _ => null,
    };

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        if (call.Campaign.Status == CampaignStatus.Stopped && await desk.FindStopAsync(call.Campaign.Id, cancellationToken) is { } stop)
        {
            await ResumeStoppedAsync(call.Campaign, stop, turn, cancellationToken);
            return;
        }

        await turn.SayAsync((await control.ResumeAsync(call.Campaign.Id, turn.Person, cancellationToken)).Says, cancellationToken);
    }

    private async Task ResumeStoppedAsync(Campaign campaign, Incident stop, TurnContext turn, CancellationToken cancellationToken)
    {
        var why = $"{campaign.Name} was stopped by incident {stop.Handle} ({RuleWords.Of(stop.Cause, ResultWord.Of(campaign))}: {stop.Evidence.Words}).";
        if (!turn.Person.May(Permission.Respond, campaign.Account))
        {
            await turn.SayAsync(
                $"{why} {RoleTable.Refusal(Permission.Respond, "let it run again, after it is judged anew", turn.Person)} Ask one of them to say \"resume {campaign.Handle}\".",
                cancellationToken);
            return;
        }

        var answer = await desk.ResumeAsync(stop.Id, turn.Person, cancellationToken);
        await reply.TellAsync(stop.Id, answer with { Says = $"{why} {answer.Says}" }, turn, cancellationToken);
    }
}
