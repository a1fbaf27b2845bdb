using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Incidents.RollingBack;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards.Parts;
using ChatOpsCampaigns.Dialogs.Language;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;

namespace ChatOpsCampaigns.Dialogs.Commands.Levers;

/// <summary>One move back for each lever to where it stood at a time, in every campaign; what does not go back is in the list too.</summary>
public sealed class RollBackSinceCommand(UndoDesk desk, IAdAccounts accounts, CampaignClock clock) : ICommand
{
    private const string Time = "time";

    public Verb Verb { get; } = new(
        "roll back since", ["roll back since", "roll back everything since", "undo everything since"],
        [new VerbArgument(Time, ArgumentKind.Words, "since when: 3pm, yesterday 18:00, 2 hours ago")], Permission.Respond, VerbKind.Acts,
        "puts bids and budgets of all campaigns back to where they stood at a time, after a list of what goes back, what does not and why", "roll back since 3pm");

    public async Task<Confirmation?> AsksAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var (since, _, zone) = await ReadAsync(call, cancellationToken);
        if (since is not { } moment)
            return null;

        var found = await desk.SinceAsync(turn.Person, moment, cancellationToken);
        var back = found.SelectMany(one => one.Plan.Levers).Count(lever => lever.Held is null);
        if (back == 0)
            return null;

        return new Confirmation($"Put {back} lever{(back == 1 ? "" : "s")} back to where {(back == 1 ? "it" : "they")} stood at {AccountTime.Near(zone, moment, clock.GetUtcNow())}?")
        {
            Lines = Lines(found),
            About = string.Join('\n', found.Select(one => $"{one.Campaign.Handle} {ReturnWords.About(one.Plan)}")),
            OnlyAsAsked = true,
        };
    }

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var (since, problem, zone) = await ReadAsync(call, cancellationToken);
        if (since is not { } moment)
        {
            await turn.SayAsync($"{problem} Nothing was changed.", cancellationToken);
            return;
        }

        var found = await desk.SinceAsync(turn.Person, moment, cancellationToken);
        if (found.SelectMany(one => one.Plan.Levers).Any(lever => lever.Held is null))
        {
            var says = await desk.RollBackAsync(moment, turn.Person, cancellationToken);
            await turn.SayAsync(string.Join('\n', says), cancellationToken);
            return;
        }

        var at = AccountTime.Near(zone, moment, clock.GetUtcNow());
        await turn.SayAsync(
            found.Count == 0 ? $"Nothing was moved since {at}, or it stands where it stood." : $"Nothing can be put back to where it stood at {at}:{string.Concat(Lines(found).Select(line => $"\n- {line}"))}",
            cancellationToken);
    }

    private ImmutableArray<string> Lines(IReadOnlyList<CampaignReturn> found) =>
    [
        .. found.SelectMany(one => one.Plan.Levers.Select(lever => $"{one.Campaign.Name}: {ReturnWords.Of(lever, clock.GetUtcNow())}")
            .Concat(one.Plan.LeftAlone.Select(left => $"{one.Campaign.Name}: {left}"))
            .Concat(one.Beside.Select(other => $"{one.Campaign.Name}, not put back: {other}"))),
    ];

    /// <summary>In the zone that all accounts share, as everywhere that no account is named.</summary>
    private async Task<(DateTimeOffset? Since, string Problem, TimeZoneInfo Zone)> ReadAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var zone = await accounts.ZoneAsync(null, cancellationToken);
        var now = clock.GetUtcNow();
        var reading = MomentReader.ReadPast(call.Get<string>(Time), now, zone);
        if (reading.Moment is { } moment && now - moment > UndoPlans.Reach)
            return (null, $"That is more than {UndoPlans.Reach.TotalDays:0} days ago, and nothing older can be put back.", zone);

        return (reading.Moment, reading.Problem ?? "", zone);
    }
}
