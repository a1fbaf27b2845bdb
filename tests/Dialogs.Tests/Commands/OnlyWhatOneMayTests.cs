using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Commands;

/// <summary>What somebody is told to say is something that they may say.</summary>
public sealed partial class OnlyWhatOneMayTests
{
    private readonly ChatBench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Lines()
    {
        string[] people = ["ana", "max", "olga", "you", "stranger"];
        string[] lines = ["blah blah blah", "back", "save", "new campain", "stop everythin", "stop everything on facebook", "yes", "more", "hi", "campaigns", "stop", "stop everything", "launch", "set mode c1", "copy c1"];
        return new TheoryData<string, string>(from person in people from line in lines select (person, line));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Nobody_is_sent_to_a_verb_that_is_refused(string person, string line)
    {
        var turn = await _bench.ContextAsync(_bench.Turn(person, line), Cancel);

        await _bench.Routes().TakeAsync(turn, Cancel);

        var posts = _bench.Channel.In(turn.Conversation);
        posts.ShouldNotBeEmpty();
        foreach (var message in posts.Select(post => post.Message))
        {
            var told = message.Text.StartsWith('"') ? "" : Told().Match(message.Text).Value;
            foreach (var said in Quoted().Matches(told).Select(match => match.Groups["said"].Value).Concat(message.QuickReplies.Select(reply => reply.Says)))
            {
                if (_bench.Grammar.Parse(said) is { } parsed)
                    turn.Person.May(parsed.Verb.Needs).ShouldBeTrue($"{person}, \"{line}\": {message.Text}");
            }
        }
    }

    [Theory]
    [InlineData("olga", "another campaign with a budget of its own, which Marketer, Approver or Admin may start")]
    [InlineData("you", "start another campaign with a budget of its own: say \"new campaign\"")]
    public async Task A_used_up_lifetime_budget_sends_only_those_to_a_new_campaign_who_may_make_one(string person, string way)
    {
        var campaign = A.Campaign(Automation.Campaigns.CampaignStatus.Stopped);
        campaign = campaign with { LaunchedAt = A.Noon.AddHours(-3), Spec = campaign.Spec with { Budget = campaign.Spec.Budget with { Type = Automation.Campaigns.BudgetType.Lifetime, Amount = A.Usd(300) } } };
        _bench.Core.Campaigns.With(campaign);
        _bench.Core.Network.Put(A.AtNetwork(campaign, Automation.AdNetworks.NetworkStatus.Paused));
        _bench.Core.Network.Figures[campaign.Network.Campaign!.Value] = shown => new Automation.AdNetworks.PerformanceReading(
            shown, A.Noon, A.Noon, new Automation.AdNetworks.DayFigures(A.Account().DayAt(A.Noon), A.Usd(310), 10_000, 500, 5, null), null, []);
        await _bench.Core.Incidents.OpenAsync(
            new Incident(
                IncidentId.New(), WorkspaceId.Local, campaign.Account, campaign.Id, campaign.Name, SafetyRules.LifetimeBudget, Remedy.PauseCampaign, Severity.Critical,
                new Evidence("spend", "$310", "$300"), A.Noon.AddHours(-2), IncidentState.Open) { PauseConfirmed = true, ConfirmedAt = A.Noon.AddHours(-2) },
            Cancel);

        await _bench.SayAsync(person, "resume incident i1", Cancel);

        _bench.SeenBy(person).ShouldContain(said => said.Contains($"; or {way}.", StringComparison.Ordinal));
    }

    /// <summary>From "say" on, and what was meant.</summary>
    [GeneratedRegex("(Say|say|Did you mean) .*", RegexOptions.Singleline)]
    private static partial Regex Told();

    [GeneratedRegex("\"(?<said>[^\"]+)\"")]
    private static partial Regex Quoted();
}
