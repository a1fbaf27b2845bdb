using System.Globalization;
using ChatOpsCampaigns.Automation.Accounts.Setup;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Faults;

namespace ChatOpsCampaigns.Bot.Tests.Months;

/// <summary>
/// Campaigns of two networks with the agent at work, people who move and pause and resume at random, a market where things go wrong, and
/// networks that answer badly: after every step of five minutes everything holds that always holds.
/// </summary>
public sealed class MonthTests
{
    private const int StepsADay = 288;

    /// <summary>What two campaigns of $500 leave room for, each and together.</summary>
    private const decimal AccountLimit = 600;
    private const decimal WorkspaceLimit = 1100;

    private const int MostLookedAt = 1000;

    /// <summary>Five hours.</summary>
    private const int StepsOfAnAgenda = 60;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task Eight_hours() => RunAsync(1, StepsADay / 3);

    [Fact]
    [Trait("Length", "Long")]
    public Task A_day() => RunAsync(1, StepsADay);

    [Fact]
    [Trait("Length", "Long")]
    public Task A_day_on_which_everything_goes_wrong_now_and_then() => RunAsync(4, StepsADay, 0.05);

    [Fact]
    [Trait("Length", "Long")]
    public Task A_month_in_which_everything_goes_wrong_now_and_then() => RunAsync(5, 30 * StepsADay, 0.05);

    [Theory]
    [Trait("Length", "Long")]
    [InlineData(2)]
    [InlineData(3)]
    public Task A_month(int seed) => RunAsync(seed, 30 * StepsADay);

    /// <param name="rate">Share of all other calls that go wrong.</param>
    private static async Task RunAsync(int seed, int steps, double rate = 0)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var faults = new FaultPlan(seed, rate) { Rates = { [nameof(IAdNetwork.ExecuteAsync)] = 0.05, [nameof(IAdNetwork.ReadAccountAsync)] = 0.03, [nameof(IAdNetwork.FindCampaignAsync)] = 0.03 } };
        await using var bot = await WholeBot.OpenAsync(faults, (ulong)seed, more: new Dictionary<string, string?>
        {
            ["AdNetworks:Meta:Simulated:DailyLimit"] = Invariant(AccountLimit),
            ["AdNetworks:TikTok:Simulated:DailyLimit"] = Invariant(AccountLimit),
        });
        await bot.CalmlyAsync(async () =>
        {
            await bot.Get<SetupBook>().ChangeAsync(
                null, FakePeople.Ana.Id, [("WorkspaceLimit", "none → 1100")], said => said with { WorkspaceLimits = said.WorkspaceLimits.SetItem("USD", WorkspaceLimit) }, Cancel);
            return true;
        });
        var refusals = new List<string>();
        var invariants = new Invariants(bot);
        var ana = await bot.PersonAsync("ana");
        foreach (var network in new[] { "Meta", "TikTok" })
        {
            var draft = await bot.CalmlyAsync(() => bot.DraftAsync($"d-{network}", network));
            await bot.CalmlyAsync(() => bot.Get<LaunchDesk>().RequestAsync(draft, ana, LaunchDesk.DigestOf(draft), Cancel));
        }

        for (var step = 0; step < steps; step++)
        {
            if (step > 12 && random.Next(24) == 0)
                await SomethingAsync(bot, random);

            await TryAgendaAsync(bot, step % StepsOfAnAgenda, refusals);
            await bot.StepAsync();
            await invariants.CheckAsync();
        }

        faults.IsOn = false;
        for (var step = 0; step < 24; step++)
        {
            await bot.StepAsync();
            await invariants.CheckAsync();
        }

        await invariants.CheckAtTheEndAsync();
        refusals.ShouldContain(says => says.Contains("a day that the account may", StringComparison.Ordinal));
        refusals.ShouldContain(says => says.Contains("a day that the workspace may", StringComparison.Ordinal));
        (await bot.Get<IIncidentStore>().LatestAsync(WorkspaceId.Local, MostLookedAt, Cancel)).ShouldContain(incident => incident.PauseConfirmed, "a stop");
        bot.Mutations.ShouldContain(mutation => mutation.Command is NetworkCommand.Activate && mutation.Standing == CampaignStatus.Stopped, "a resume of what was stopped; who may is looked at after every step");
        bot.Mutations.ShouldContain(mutation => mutation.Command is NetworkCommand.SetDailyBudget && mutation.Command.Direction == Direction.Raises, "a raise");
    }

    /// <summary>What has to happen in every run, between what is drawn at random: a raise, more than an account and than all together may, a stop of everything, and its end.</summary>
    private static async Task TryAgendaAsync(WholeBot bot, int step, List<string> refusals)
    {
        if (step is 20 or 22)
            await BudgetAsync(bot, "Meta", 550, refusals);
        else if (step is 24 or 26)
            await BudgetAsync(bot, "Meta", 650, refusals);
        else if (step is 28 or 30)
            await BudgetAsync(bot, "TikTok", 590, refusals);
        else if (step is 34 or 35)
            await WholeBot.TryAsync(async () => await bot.Get<StopEverything>().StopAsync(await bot.PersonAsync("olga"), Cancel));
        else if (step is >= 40 and <= 48)
            await WholeBot.TryAsync(() => AllowAsync(bot));
    }

    private static Task BudgetAsync(WholeBot bot, string network, decimal budget, List<string> refusals) => WholeBot.TryAsync(async () =>
    {
        var campaign = (await bot.Get<ICampaignStore>().AllAsync(WorkspaceId.Local, Cancel)).First(one => one.Spec.Network.Value == network);
        var answer = await bot.Get<CampaignControl>().SetBudgetAsync(campaign.Id, await bot.PersonAsync("ana"), A.Usd(budget), sure: true, Cancel);
        if (!answer.Done)
            refusals.Add(answer.Says);
    });

    private static string Invariant(decimal amount) => amount.ToString(CultureInfo.InvariantCulture);

    /// <summary>What people do, and what goes wrong in a market: one thing, drawn at random.</summary>
    private static async Task SomethingAsync(WholeBot bot, Random random)
    {
        var campaigns = await bot.CalmlyAsync(() => bot.Get<ICampaignStore>().AllAsync(WorkspaceId.Local, Cancel));
        var campaign = campaigns[random.Next(campaigns.Count)];
        var (ana, olga) = (await bot.PersonAsync("ana"), await bot.PersonAsync("olga"));
        var (control, market) = (bot.Get<CampaignControl>(), bot.Get<IMarketDesk>());
        await WholeBot.TryAsync(() => random.Next(9) switch
        {
            0 => market.StartFaultAsync(campaign.Id, MarketFault.Runaway, 10, TimeSpan.FromHours(2), Cancel),
            1 => market.StartFaultAsync(campaign.Id, MarketFault.Api, 1, TimeSpan.FromHours(1), Cancel),
            2 => market.StartFaultAsync(campaign.Id, MarketFault.RefusePause, 1, TimeSpan.FromHours(1), Cancel),
            3 => control.PauseAsync(campaign.Id, ana, "a look", Cancel),
            4 => control.ResumeAsync(campaign.Id, ana, Cancel),
            5 => control.SetBudgetAsync(campaign.Id, ana, A.Usd(random.Next(300, 700)), Cancel),
            6 => control.SetBidAsync(campaign.Id, ana, A.Usd(random.Next(6, 20)), Cancel),
            7 => bot.Get<StopEverything>().StopAsync(olga, Cancel),
            _ => AllowAsync(bot),
        });
    }

    /// <summary>Everything is allowed, and what was stopped is asked to run again.</summary>
    private static async Task AllowAsync(WholeBot bot)
    {
        var olga = await bot.PersonAsync("olga");
        await bot.Get<StopEverything>().AllowAsync(olga, Cancel);
        foreach (var incident in await bot.Get<IIncidentStore>().OpenAsync(Cancel))
            await WholeBot.TryAsync(() => bot.Get<IncidentDesk>().ResumeAsync(incident.Id, olga, Cancel));
    }
}
