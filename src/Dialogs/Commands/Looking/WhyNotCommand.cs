using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Creatives;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Reasons;
using ChatOpsCampaigns.Automation.Agent.Sharing;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Looking;

public sealed class WhyNotCommand(Traces traces, ShareBook shares) : ICommand
{
    /// <summary>So many different decisions are looked through for what was last wanted of a lever.</summary>
    private const int Most = 12;

    public Verb Verb { get; } = new(
        "why not", ["why not"], [Takes.Campaign], Permission.See, VerbKind.Reads,
        "says of each lever why it was not moved: what held a wanted move back, or what the evidence is short of, with numbers", "why not c1");

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var trace = await traces.OfAsync(call.Campaign, Most, cancellationToken);
        var zone = trace.Now?.Account.Zone() ?? TimeZoneInfo.Utc;
        var share = trace.Now is { } seen ? await shares.OfAsync(seen, cancellationToken) : null;
        var decisions = trace.Decisions.Where(decision => !decision.Missed).ToList();
        await turn.SayAsync(
            ChatMessage.Of(new SheetCard(
                $"Why not: {trace.Campaign.Name} ({trace.Campaign.Handle}{(trace.Campaign.IsSimulated ? ", simulated" : "")})", [WhyCard.Of(trace, zone).Looks],
                trace.IsManaged ? [.. Enum.GetValues<Lever>().Select(lever => Section(lever, decisions, trace, share))] : [],
                trace.IsManaged && decisions is [{ Rules: { } rules }, ..] ? $"Decided by the rules of version {rules}." : "")),
            cancellationToken);
    }

    private static SheetCard.Section Section(Lever lever, IReadOnlyList<Decision> decisions, CampaignTrace trace, BudgetShare? share)
    {
        var name = TurnWords.Lever(lever);
        var heading = $"{char.ToUpperInvariant(name[0])}{name[1..]}, {Present(lever, trace)} now";
        if (decisions is [var last, ..] && last.Wanted.FirstOrDefault(move => move.Lever == lever) is { } wanted)
            return new SheetCard.Section(heading, [.. Wanted(wanted, last, trace)]);

        return new SheetCard.Section(heading, [$"No move was wanted: {(trace.Now is { } now ? WhyNoMove.Of(lever, now, trace.Memory, share) : "nothing can be seen of it")}", .. Before(lever, decisions, trace)]);
    }

    private static IEnumerable<string> Wanted(Proposal wanted, Decision last, CampaignTrace trace)
    {
        yield return $"Wanted {Ages.Since(last.At, trace.At)}: {TurnWords.Move(wanted)}, because {wanted.Because}";

        var trims = last.Trimmed.Where(trim => trim.Lever == wanted.Lever).ToList();
        foreach (var trim in trims)
            yield return WhyCard.Held(trim);

        if (last.Done.FirstOrDefault(act => act.Proposal.Lever == wanted.Lever) is { } done)
            yield return done.Confirmed ? $"It was moved: {TurnWords.Move(done.Proposal)}" : $"It was tried and did not happen: {done.Outcome}";
        else if (!trims.Exists(trim => trim.Allowed is null))
            yield return last.Consent == Autonomy.Shadow ? "It only watches this campaign, and says what it would have done" : "It may only suggest here, and nobody said do it yet";
    }

    /// <summary>The last time that the lever was wanted elsewhere, where that was lately.</summary>
    private static IEnumerable<string> Before(Lever lever, IEnumerable<Decision> decisions, CampaignTrace trace)
    {
        if (decisions.Skip(1).FirstOrDefault(decision => decision.Wanted.Any(move => move.Lever == lever)) is not { } before)
            yield break;

        yield return $"The last time it was: {TurnWords.Move(before.Wanted.First(move => move.Lever == lever))} {Ages.Since(before.At, trace.At)}";
        foreach (var trim in before.Trimmed.Where(trim => trim.Lever == lever))
            yield return WhyCard.Held(trim);
    }

    private static string Present(Lever lever, CampaignTrace trace) => lever switch
    {
        Lever.Bid => trace.Campaign.Bid?.ToString() ?? "the network's own",
        Lever.DailyBudget => $"{trace.Campaign.DailyBudget} a day",
        Lever.Running => "running",
        _ => trace.Now?.Reading is { } reading ? $"{CreativeWatch.Running(reading.Settings).Count()} running" : "none seen",
    };
}
