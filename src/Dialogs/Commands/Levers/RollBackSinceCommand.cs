using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns.Tuning;
using ChatOpsCampaigns.Automation.Incidents.RollingBack;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards.Parts;
using ChatOpsCampaigns.Dialogs.Language;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;

namespace ChatOpsCampaigns.Dialogs.Commands.Levers;

/// <summary>One move back for each lever, and for each setting, to where it stood at a time, in every campaign; what does not go back is in the list too.</summary>
public sealed class RollBackSinceCommand(UndoDesk desk, SettingDesk settings, IAdAccounts accounts, CampaignClock clock) : ICommand
{
    private const string Time = "time";

    public Verb Verb { get; } = new(
        "roll back since", ["roll back since", "roll back everything since", "undo everything since", "rollback since", "rollback everything since"],
        [new VerbArgument(Time, ArgumentKind.Words, "since when: 3pm, yesterday 18:00, 2 hours ago")], Permission.Respond, VerbKind.Acts,
        "puts bids, budgets and settings of all campaigns back to where they stood at a time, after a list of what goes back, what does not and why", "roll back since 3pm");

    public async Task<Confirmation?> AsksAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var (since, _, zone) = await ReadAsync(call, cancellationToken);
        if (since is not { } moment)
            return null;

        var found = await desk.SinceAsync(turn.Person, moment, cancellationToken);
        var levers = found.SelectMany(one => one.Plan.Levers).Count(lever => lever.Held is null);
        var changed = found.SelectMany(one => one.Settings).Count(setting => setting.Back is not null);
        if (levers + changed == 0)
            return null;

        return new Confirmation($"Put {Counted(levers, changed)} back to where {(levers + changed == 1 ? "it" : "they")} stood at {AccountTime.Near(zone, moment, clock.GetUtcNow())}?")
        {
            Lines = await LinesAsync(found, turn.Person, cancellationToken),
            AsksAs = Counted(levers, changed),
            About = string.Join('\n', found.Select(one => $"{one.Campaign.Handle} {ReturnWords.About(one.Plan)} {string.Join(' ', one.Settings.Select(setting => $"{setting.Undone.Name} {setting.Undone.After} {setting.Undone.Before} {setting.Undone.At:O}"))}".TrimEnd())),
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
        if (found.SelectMany(one => one.Plan.Levers).Any(lever => lever.Held is null) || found.SelectMany(one => one.Settings).Any(setting => setting.Back is not null))
        {
            var says = (await desk.RollBackAsync(moment, turn.Person, cancellationToken)).ToList();
            foreach (var one in found)
            {
                // After the levers, so that what the list said of them still holds.
                foreach (var setting in one.Settings.Where(setting => setting.Back is not null))
                    says.Add((await settings.SetAsync(one.Campaign.Id, now => SettingUndo.Back(now, setting.Undone), turn.Person, call.Sure, cancellationToken)).Says);
            }

            await turn.SayAsync(string.Join('\n', says), cancellationToken);
            return;
        }

        var at = AccountTime.Near(zone, moment, clock.GetUtcNow());
        await turn.SayAsync(
            found.Count == 0 ? $"Nothing was moved since {at}, or it stands where it stood." : $"Nothing can be put back to where it stood at {at}:{string.Concat((await LinesAsync(found, turn.Person, cancellationToken)).Select(line => $"\n- {line}"))}",
            cancellationToken);
    }

    private static string Counted(int levers, int settings)
    {
        var counts = new[] { Count(levers, "lever"), Count(settings, "setting") };
        return string.Join(" and ", counts.OfType<string>());

        static string? Count(int count, string what) => count == 0 ? null : $"{count} {what}{(count == 1 ? "" : "s")}";
    }

    private async Task<ImmutableArray<string>> LinesAsync(IReadOnlyList<CampaignReturn> found, Person by, CancellationToken cancellationToken)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        foreach (var one in found)
        {
            List<string> says = [.. one.Plan.Levers.Select(lever => ReturnWords.Of(lever, clock.GetUtcNow())), .. one.Plan.LeftAlone];
            foreach (var setting in one.Settings)
                says.Add(await SettingAsync(one, setting, by, cancellationToken));

            says.AddRange(one.Beside.Select(other => $"not put back: {other}"));
            lines.AddRange(says.Select((line, at) => at == 0 ? $"{one.Campaign.Name}: {line}" : $"… {line}"));
        }

        return lines.ToImmutable();
    }

    /// <summary>Whether it is put back, and what lifting a limit would meet.</summary>
    private async Task<string> SettingAsync(CampaignReturn one, SettingReturn setting, Person by, CancellationToken cancellationToken)
    {
        var undone = setting.Undone;
        if (setting.Back is not { } back)
            return $"{undone.Name} left alone: {setting.Left}";

        var preview = await settings.PreviewAsync(one.Campaign, back, by, cancellationToken);
        var meets = preview?.Objection ?? preview?.Unusual ?? preview?.SecondPerson;
        return $"{undone.Name}: {undone.After} → {undone.Before} (changed by {undone.By} {Ages.Since(undone.At, clock.GetUtcNow())}){(meets is null ? "" : $"; {meets}")}";
    }

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
