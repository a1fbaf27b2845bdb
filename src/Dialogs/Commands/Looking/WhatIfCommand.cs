using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Replays;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Tuning;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Language;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Looking;

/// <summary>Replays a past day with another mode or target. The name comes last, as people say it.</summary>
public sealed partial class WhatIfCommand(ReplayDesk desk, CampaignFinder campaigns, IAdAccounts accounts, CampaignClock clock) : ICommand
{
    private const string Change = "change";

    private const string Takes = "Say \"what if the mode had been aggressive c1\" or \"what if the target had been $10 c1\", with \"on 2026-03-01\" for another day than yesterday.";

    public Verb Verb { get; } = new(
        "what if", ["what if"], [new VerbArgument(Change, ArgumentKind.Words, "another mode or target, and a campaign: the mode had been aggressive c1")], Permission.See, VerbKind.Reads,
        "replays yesterday, or another day, of a campaign from its kept readings with another mode or target: an estimate", "what if the mode had been aggressive c1");

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var (said, day) = Dated(call.Get<string>(Change));
        if (await FindAsync(turn.Person, said, cancellationToken) is not var (campaign, wish))
        {
            await turn.SayAsync($"I could not see which campaign is meant. {Takes}", cancellationToken);
            return;
        }

        if (Read(campaign, wish) is not { Change: { } change } reading)
        {
            await turn.SayAsync(Read(campaign, wish).Problem, cancellationToken);
            return;
        }

        var zone = await accounts.ZoneAsync(campaign.Account, cancellationToken);
        var meant = MomentReader.ReadPast(day, clock.GetUtcNow(), zone);
        if (meant.Moment is not { } moment)
        {
            await turn.SayAsync($"{meant.Problem} {Takes}", cancellationToken);
            return;
        }

        var replay = await desk.RunAsync(campaign, change.Apply, AccountDay.At(moment, zone), cancellationToken);
        await turn.SayAsync(replay is null ? new ChatMessage($"Nothing of {AccountDay.At(moment, zone)} is kept of {campaign.Name}, so it cannot be replayed.") : ChatMessage.Of(Card(campaign, change, replay, zone)), cancellationToken);
    }

    private static SheetCard Card(Campaign campaign, SettingChange change, Replay replay, TimeZoneInfo zone) => new(
        $"What if: {campaign.Name} ({campaign.Handle}) on {replay.Day}, {change.Name} {change.After} instead of {change.Before}",
        ["AN ESTIMATE: replayed through the agent's own engine, nothing was changed"],
        [new SheetCard.Section($"As it is set ({change.Before})", [.. Moves(replay.AsSet, zone), .. Brings(campaign, replay.AsSet)]), new SheetCard.Section($"With {change.Name} {change.After}", [.. Moves(replay.Otherwise, zone), .. Brings(campaign, replay.Otherwise), .. Cost(campaign, replay)])],
        $"From {replay.Readings} kept readings{Also(replay)}. What the market would have answered to other bids stands in none of them, and limits and other campaigns of the account, incidents and what people held are left out of both.");

    private static string Also(Replay replay) => string.Concat(
        replay.CurveDays > 0 ? $", the curve of {Ages.Days(replay.CurveDays)} before" : ", without a curve (its days before give none)",
        replay.ComparedDays > 0 ? $" and the ads' figures of {Ages.Days(replay.ComparedDays)}" : " and without figures that compare its ads");

    private static ImmutableArray<string> Moves(ReplayedDay day, TimeZoneInfo zone) =>
    [
        .. day.Moves.IsEmpty ? ["No move"] : day.Moves.Select(moved => $"{AccountTime.In(zone, moved.At)}: {TurnWords.Move(moved.Move)}, because {moved.Move.Because}"),
        $"Ends at {day.Budget} a day{(day.Bid is { } bid ? $" and a bid of {bid}" : "")}",
    ];

    private static IEnumerable<string> Brings(Campaign campaign, ReplayedDay day) => day.Results is { } results
        ? [$"By its curve a day at {day.Budget} brings about {ResultWord.Of(campaign).Counted(Math.Round((decimal)results))}"]
        : [];

    private static IEnumerable<string> Cost(Campaign campaign, Replay replay) => replay.CostChange is { } change && Math.Abs(change) >= .005
        ? [string.Create(CultureInfo.InvariantCulture, $"By then {ResultWord.Of(campaign).Each} would cost about {Math.Abs(change) * 100:0} % {(change > 0 ? "more" : "less")}, and fewer or more would come with it")]
        : [];

    private static SettingReading Read(Campaign campaign, string wish)
    {
        if (ModeSaid().Match(wish) is { Success: true } mode)
            return CampaignSettings.Mode(campaign, mode.Groups["mode"].Value);

        if (TargetSaid().Match(wish) is { Success: true } target)
            return Amounts.TryRead(target.Groups["amount"].Value, campaign.DailyBudget.Currency, out var amount, out var problem) ? CampaignSettings.TargetCost(campaign, amount) : SettingReading.Wrong(problem);

        return SettingReading.Wrong($"I can replay another mode or another target. {Takes}");
    }

    private async Task<(Campaign Campaign, string Wish)?> FindAsync(Person reader, string said, CancellationToken cancellationToken)
    {
        var words = said.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var from = 1; from < words.Length; from++)
        {
            var name = string.Join(' ', words[from..]);
            if ((await campaigns.FindAsync(reader, name, false, cancellationToken)).Only is { } campaign)
                return (campaign, string.Join(' ', words[..from]));
        }

        return null;
    }

    private static (string Said, string Day) Dated(string said) => OnDay().Match(said) is { Success: true } on ? (said.Remove(on.Index, on.Length).Trim(), on.Groups["day"].Value) : (said, "yesterday");

    [GeneratedRegex(@"\bmode\b.*?\b(?<mode>conservative|balanced|aggressive)\b", RegexOptions.IgnoreCase)]
    private static partial Regex ModeSaid();

    [GeneratedRegex(@"\btarget\b\D*?(?<amount>\S*\d\S*)", RegexOptions.IgnoreCase)]
    private static partial Regex TargetSaid();

    [GeneratedRegex(@"\s*\b(?:on (?<day>\d{4}-\d{2}-\d{2})|(?<day>yesterday))\b", RegexOptions.IgnoreCase)]
    private static partial Regex OnDay();
}
