using System.Collections.Immutable;
using System.Globalization;
using ChatOpsCampaigns.Automation.Agent.Creatives;
using ChatOpsCampaigns.Automation.Agent.Foresight;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Rails;
using ChatOpsCampaigns.Automation.Agent.Suggestions;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Telemetry;

namespace ChatOpsCampaigns.Automation.Agent;

/// <summary>
/// One turn over one campaign: predict, judge, propose, reconcile, trim, consent, act, record, announce. A breach ends the turn: it is
/// handed over and nothing is optimised.
/// </summary>
public sealed class CampaignAgent(
    ISafetyWatch safety, ActionExecutor executor, AgentMemories memories, AgentReporter reporter, SurroundingsReader surroundings,
    SuggestionBook suggestions, ForecastBook forecasts, AgentPolicy policy)
{
    /// <summary>The decision, which every turn leaves.</summary>
    public async Task<Decision> TurnAsync(Observation now, CancellationToken cancellationToken)
    {
        using var trace = Signals.Traces.StartActivity("decision turn");
        var outcome = "failed";
        try
        {
            var decision = await DecideAsync(now, cancellationToken);
            outcome = TurnWords.Outcome(decision);
            return decision;
        }
        catch
        {
            memories.Forget(now.Campaign);
            throw;
        }
        finally
        {
            Signals.Decisions.Add(1, Signals.Tag("outcome", outcome));
            trace?.SetTag("campaign", now.Campaign.Id.Value).SetTag("outcome", outcome);
        }
    }

    /// <summary>The decision of a turn that could not be had.</summary>
    public Task MissedAsync(Campaign campaign, DateTimeOffset at, string? why, CancellationToken cancellationToken) =>
        reporter.MissedAsync(campaign, at, why, cancellationToken);

    private async Task<Decision> DecideAsync(Observation now, CancellationToken cancellationToken)
    {
        var memory = await memories.OfAsync(now.Campaign, cancellationToken);
        await reporter.CatchUpAsync(now, memories.TakeRecalled(now.Campaign), cancellationToken);
        var foresees = await forecasts.ForeseeAsync(now, memory, cancellationToken);
        memory = await reporter.FollowUpAsync(now, memory, await forecasts.OfAsync(now.Campaign.Id, cancellationToken), cancellationToken);
        memory = Compared(now, memory.Seeing(now));
        var verdicts = safety.Judge(now).ToImmutableArray();
        var decision = Begin(now, verdicts) with { Foresees = foresees };

        if (verdicts.OfType<SafetyVerdict.Breach>().ToList() is { Count: > 0 } breaches)
        {
            await safety.HandOverAsync(now, verdicts, cancellationToken);
            decision = decision with { Says = Handed(breaches, ResultWord.Of(now.Campaign)) };
            await suggestions.OfferAsync(now, decision, new Plan([], [], []), cancellationToken);
            await EndAsync(now, memory, decision, cancellationToken);
            return decision;
        }

        var plan = DecisionEngine.Decide(await surroundings.OfAsync(now, memory, cancellationToken));
        var autonomy = policy.For(now.Campaign);
        decision = decision with { Wanted = plan.Wanted, Trimmed = plan.Trimmed, Consent = plan.Wanted.IsEmpty ? null : autonomy };
        if (autonomy == Autonomy.Act)
            (decision, memory) = await ActAsync(now, memory, decision, plan, cancellationToken);

        memory = await reporter.TellForeignAsync(now, memory, plan, cancellationToken);
        memory = await reporter.AskFreshAsync(now, memory, cancellationToken);
        memory = await reporter.TellShadowAsync(now, memory, plan, autonomy, cancellationToken);
        decision = decision with { Says = TurnWords.Of(now, plan, decision.Done, autonomy) };
        var isNews = await EndAsync(now, memory, decision, cancellationToken);
        await reporter.AnnounceAsync(now, decision, plan, autonomy, isNews, cancellationToken);
        await suggestions.OfferAsync(now, decision, autonomy == Autonomy.Suggest ? plan : plan with { Moves = [] }, cancellationToken);
        return decision;
    }

    private async Task<(Decision, AgentMemory)> ActAsync(
        Observation now, AgentMemory memory, Decision decision, Plan plan, CancellationToken cancellationToken)
    {
        foreach (var move in plan.Moves)
        {
            var act = await executor.CarryOutAsync(now.Campaign, decision.Id, move, cancellationToken);
            decision = decision with { Done = decision.Done.Add(act) };
            if (!act.Confirmed)
                continue;

            memory = memory.With(AgentMemories.Move(now, move));
            await memories.KeepAsync(now.Campaign, memory, cancellationToken);
        }

        return (decision, memory);
    }

    /// <summary>Whether it differs from the last one, or that is old.</summary>
    private async Task<bool> EndAsync(Observation now, AgentMemory memory, Decision decision, CancellationToken cancellationToken)
    {
        var isNews = await reporter.RecordAsync(decision, memory, cancellationToken);
        memory = memory with { LookedAt = now.Now };
        if (isNews)
            memory = memory with { RecordedAt = now.Now, Recorded = AgentReporter.Gist(decision), RecordedId = decision.Id };

        await memories.KeepAsync(now.Campaign, memory, cancellationToken);
        return isNews;
    }

    /// <summary>With what finished days say of its ads.</summary>
    private static AgentMemory Compared(Observation now, AgentMemory memory)
    {
        if (!now.Campaign.Spec.Automation.TestCreatives || now.Profile.Capabilities.OwnsTheBid)
            return memory;

        var (before, clicked) = (memory.Creatives ?? CreativeWatch.Empty, memory.Clicks ?? ClickWatch.Empty);
        var (watch, clicks) = (before.With(now), clicked.With(now));
        return ReferenceEquals(watch, before) && ReferenceEquals(clicks, clicked) ? memory : memory with { Creatives = watch, Clicks = clicks };
    }

    private static Decision Begin(Observation now, ImmutableArray<SafetyVerdict> verdicts) =>
        new(
            Guid.CreateVersion7(now.Now), now.Campaign.Workspace, now.Account.Id, now.Campaign.Id, now.Now, Seen.In(now), verdicts, [], [], [], "")
        {
            Rules = RulesVersion.Present,
        };

    private static string Handed(List<SafetyVerdict.Breach> breaches, ResultWord result) => string.Join(
        "; ",
        breaches.Select(breach => string.Create(
            CultureInfo.InvariantCulture, $"{RuleWords.Of(breach.Rule, result)}: {breach.Evidence.Measure} {breach.Evidence.Measured} against {breach.Evidence.Limit}, handed to the emergency stop")));
}
