using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Rails;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Safety;

/// <summary>
/// What may happen when figures are missing, late or wrong, a row for each state: whether more money goes out, whether less does, whether a
/// campaign whose spend passes the cap meanwhile is stopped within the day. Figures of this bench's network are usually 15 minutes old; the cap is $750.
/// </summary>
public sealed class MissingFiguresTableTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public enum Figures
    {
        Fresh,
        Late,
        Stale,
        NeverCame,
        ReadingFails,
        ResultsMissing,
        Negative,
        MoreResultsThanClicks,
        FromTheFuture,
        SpendFalls,
        SpendLeapsAHundredfold,
        AnotherCurrency,
        AccessRevoked,
        DatabaseLocked,
        ClockSetAhead,
        ClockSetBack,
    }

    /// <summary>Whether a person's raises go out, the agent's, cuts, pauses, whether spend at the cap stops it, whether another campaign is launched and a paused one resumed.
    /// A campaign that never ran has no figures and needs none, and a clock that is set holds nothing up (docs/decisions/0014-what-missing-figures-hold-up.md): a clock that is set moves neither campaign time nor the age of figures. A cut is counted from what the network shows, so that it never is a raise there.
    /// Where no figures ever came, the worst case of a budget of $500 stays below the cap: people are told.</summary>
    [Theory]
    [InlineData(Figures.Fresh, true, true, true, true, true, true, true)]
    [InlineData(Figures.Late, false, false, true, true, true, true, false)]
    [InlineData(Figures.Stale, false, false, true, true, true, true, false)]
    [InlineData(Figures.NeverCame, false, false, false, true, false, false, false)]
    [InlineData(Figures.ReadingFails, false, false, false, true, true, false, false)]
    [InlineData(Figures.ResultsMissing, false, false, true, true, true, true, false)]
    [InlineData(Figures.Negative, false, false, true, true, true, true, false)]
    [InlineData(Figures.MoreResultsThanClicks, false, false, true, true, true, true, false)]
    [InlineData(Figures.FromTheFuture, false, false, true, true, true, true, false)]
    [InlineData(Figures.SpendFalls, false, false, true, true, true, true, false)]
    [InlineData(Figures.SpendLeapsAHundredfold, false, false, true, true, true, true, false)]
    [InlineData(Figures.AnotherCurrency, false, false, true, true, true, true, false)]
    [InlineData(Figures.AccessRevoked, false, false, false, false, false, false, false)]
    [InlineData(Figures.DatabaseLocked, false, false, true, true, true, false, false)]
    [InlineData(Figures.ClockSetAhead, true, true, true, true, true, true, true)]
    [InlineData(Figures.ClockSetBack, true, true, true, true, true, true, true)]
    public async Task Each_state_lets_through_what_the_table_says(Figures state, bool raises, bool agent, bool cuts, bool pauses, bool stops, bool launches, bool resumes)
    {
        (await RaisesAsync(await InAsync(state))).ShouldBe(raises, $"{state}: a raise");
        (await AgentRaisesAsync(await InAsync(state))).ShouldBe(agent, $"{state}: a raise by the agent");
        (await CutsAsync(await InAsync(state))).ShouldBe(cuts, $"{state}: a lower bid");
        (await PausesAsync(await InAsync(state))).ShouldBe(pauses, $"{state}: a pause");
        (await StopsAsync(await InAsync(state))).ShouldBe(stops, $"{state}: a stop at the cap");
        (await LaunchesAsync(await InAsync(state))).ShouldBe(launches, $"{state}: a launch");
        (await ResumesAsync(await InAsync(state))).ShouldBe(resumes, $"{state}: a resume");
    }

    [Theory]
    [InlineData(Figures.Stale)]
    [InlineData(Figures.NeverCame)]
    [InlineData(Figures.ReadingFails)]
    [InlineData(Figures.AccessRevoked)]
    public async Task Where_nothing_is_seen_any_more_people_are_told(Figures state)
    {
        var (bench, campaign) = await InAsync(state);
        for (var minute = 0; minute < 12 * 60 && bench.Core.Incidents.All.Count == 0; minute += 5)
        {
            bench.Core.Machine.Advance(TimeSpan.FromMinutes(5));
            await bench.Monitor.SweepAsync(Cancel);
        }

        var incident = bench.Core.Incidents.All.ShouldHaveSingleItem();
        incident.Campaign.ShouldBe(campaign.Id);
        (await bench.Core.Alerts.WaitingAsync(DateTimeOffset.MinValue, Cancel)).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(Figures.Negative)]
    [InlineData(Figures.MoreResultsThanClicks)]
    [InlineData(Figures.FromTheFuture)]
    [InlineData(Figures.SpendFalls)]
    [InlineData(Figures.SpendLeapsAHundredfold)]
    [InlineData(Figures.AnotherCurrency)]
    public async Task What_cannot_be_is_set_aside_told_with_its_figures_and_stops_nothing_by_itself(Figures state)
    {
        var (bench, campaign) = await InAsync(state);

        var seen = await bench.Observer.LatestAsync(campaign, Cancel);
        (seen.State, seen.Reading!.Today.Spend).ShouldBe((DataState.Impossible, A.Usd(400)));
        bench.Core.Incidents.All.ShouldHaveSingleItem().Evidence.Measured.ShouldContain(seen.StateBecause!);
        (await bench.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Active);
    }

    private static async Task<(SafetyBench Bench, Campaign Campaign)> InAsync(Figures state)
    {
        var bench = new SafetyBench();
        var (network, machine) = (bench.Core.Network, bench.Core.Machine);
        var campaign = bench.Running(spend: 400);
        var id = campaign.Network.Campaign!.Value;
        var good = network.Figures[id];
        if (state == Figures.NeverCame)
            network.ReadFault = new AdNetworkException(FaultKind.Unavailable, "503");

        await bench.Monitor.SweepAsync(Cancel);
        var seen = bench.Core.Clock.GetUtcNow();
        machine.Advance(TimeSpan.FromMinutes(1));
        switch (state)
        {
            case Figures.Late or Figures.Stale:
                network.Figures[id] = shown => good(shown) with { DataAsOf = seen };
                machine.Advance(TimeSpan.FromMinutes(state == Figures.Late ? 20 : 50));
                break;
            case Figures.ReadingFails:
                network.ReadFault = new AdNetworkException(FaultKind.Unavailable, "503");
                break;
            case Figures.AccessRevoked:
                network.ReadFault = new AdNetworkException(FaultKind.Unauthorized, "the token was revoked");
                network.Troubles = _ => Trouble.Unavailable;
                break;
            case Figures.ResultsMissing:
                network.Figures[id] = shown => good(shown) with { Today = good(shown).Today with { Conversions = null } };
                break;
            case Figures.Negative:
                network.Figures[id] = shown => good(shown) with { Today = good(shown).Today with { Clicks = -1 } };
                break;
            case Figures.MoreResultsThanClicks:
                network.Figures[id] = shown => good(shown) with
                {
                    Today = good(shown).Today with { Conversions = 511 },
                    Yesterday = good(shown).Today with { Day = good(shown).Today.Day.Previous, Clicks = 0, Conversions = 0 },
                };
                break;
            case Figures.FromTheFuture:
                network.Figures[id] = shown => good(shown) with { DataAsOf = bench.Core.Clock.GetUtcNow().AddHours(1) };
                break;
            case Figures.SpendFalls:
                bench.Spend[campaign.Id] = 40;
                break;
            case Figures.SpendLeapsAHundredfold:
                network.Figures[id] = shown => good(shown) with { Today = good(shown).Today with { Spend = good(shown).Today.Spend * 101 } };
                break;
            case Figures.AnotherCurrency:
                network.Figures[id] = shown => good(shown) with { Today = good(shown).Today with { Spend = Currency.From("EUR").Of(good(shown).Today.Spend.Amount) } };
                break;
            case Figures.DatabaseLocked:
                (bench.Core.Intents.Locked, bench.Core.Audit.Locked, bench.Core.Settings.Locked) = (true, true, true);
                break;
            case Figures.ClockSetAhead or Figures.ClockSetBack:
                bench.Core.Hands.Off = TimeSpan.FromHours(state == Figures.ClockSetAhead ? 5 : -5);
                break;
        }

        for (var sweep = 0; sweep < 6 && state != Figures.Fresh; sweep++)
        {
            machine.Advance(TimeSpan.FromSeconds(30));
            await bench.Monitor.SweepAsync(Cancel);
        }

        return (bench, campaign);
    }

    private static async Task<bool> RaisesAsync((SafetyBench Bench, Campaign Campaign) now)
    {
        var (bench, campaign) = now;
        await TryAsync(() => bench.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(600), Cancel));
        await TryAsync(() => bench.Control.SetBidAsync(campaign.Id, FakePeople.Ana, A.Usd(13), Cancel));
        return bench.Core.Network.Executed.Any(done => done.Command.Direction == Direction.Raises);
    }

    /// <summary>Past the rails, and through the gate.</summary>
    private static async Task<bool> AgentRaisesAsync((SafetyBench Bench, Campaign Campaign) now)
    {
        var (bench, campaign) = (now.Bench, await now.Bench.CampaignAsync(now.Campaign));
        var incident = bench.Core.Incidents.All.FirstOrDefault(open => open.Campaign == campaign.Id && open.State != IncidentState.Closed);
        var around = new Surroundings(await bench.Observer.LatestAsync(campaign, Cancel), AgentMemory.Empty, incident?.CauseWords, null);
        if (AllRails.Through(new Proposal(Lever.Bid, campaign.Bid!.Value, A.Usd(13.5m), "", "test"), around).Left is not { } left)
            return false;

        var command = new NetworkCommand.SetBid(campaign.Account, campaign.Id, campaign.Network.Campaign!.Value, left.From, left.To);
        await TryAsync(() => bench.Core.Gate.SendAsync(new GateRequest(command, new CommandKey("agent/bid"), campaign.Workspace, campaign.Mode, PersonId.Agent, "test"), Cancel));
        return bench.Core.Network.Executed.Any(done => done.Command.Direction == Direction.Raises);
    }

    private static async Task<bool> CutsAsync((SafetyBench Bench, Campaign Campaign) now)
    {
        await TryAsync(() => now.Bench.Control.SetBidAsync(now.Campaign.Id, FakePeople.Ana, A.Usd(10), Cancel));
        return now.Bench.Core.Network.Campaigns.Single().Bid == A.Usd(10);
    }

    private static async Task<bool> PausesAsync((SafetyBench Bench, Campaign Campaign) now)
    {
        await TryAsync(() => now.Bench.Control.PauseAsync(now.Campaign.Id, FakePeople.Ana, "enough", Cancel));
        return now.Bench.Core.Network.Campaigns.Single().Status == NetworkStatus.Paused;
    }

    private static async Task<bool> LaunchesAsync((SafetyBench Bench, Campaign Campaign) now)
    {
        var launching = A.Campaign(CampaignStatus.Launching, "c-2");
        now.Bench.Core.Campaigns.With(launching);
        await TryAsync(() => now.Bench.Core.Engine.ContinueAsync(launching.Id, Cancel));
        return now.Bench.Core.Network.Executed.Any(done => done.Command is NetworkCommand.Activate && done.Command.Campaign == launching.Id);
    }

    private static async Task<bool> ResumesAsync((SafetyBench Bench, Campaign Campaign) now)
    {
        await PausesAsync(now);
        await TryAsync(() => now.Bench.Control.ResumeAsync(now.Campaign.Id, FakePeople.Ana, Cancel));
        return now.Bench.Core.Network.Executed.Any(done => done.Command is NetworkCommand.Activate);
    }

    /// <summary>The money is spent; whoever can see it stops it at once, whoever cannot by what may have been spent since, within the day.</summary>
    private static async Task<bool> StopsAsync((SafetyBench Bench, Campaign Campaign) now)
    {
        var (bench, campaign) = now;
        bench.Spend[campaign.Id] = 760;
        for (var minute = 0; minute < 12 * 60; minute += 10)
        {
            bench.Core.Machine.Advance(TimeSpan.FromMinutes(10));
            await bench.Monitor.SweepAsync(Cancel);
            if (bench.Core.Network.Campaigns.Single().Status == NetworkStatus.Paused)
                return true;
        }

        return false;
    }

    private static async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (IOException)
        {
            // What cannot be written is not done, and says so.
        }
    }
}
