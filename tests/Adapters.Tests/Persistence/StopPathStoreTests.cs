using ChatOpsCampaigns.Adapters.Persistence.Audit;
using ChatOpsCampaigns.Adapters.Persistence.Stores;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Adapters.Tests.Persistence;

/// <summary>What the stop path goes by after a restart.</summary>
public abstract class StopPathStoreTests(Engine engine) : StoreSuite(engine)
{
    [Fact]
    public async Task Every_account_is_listed_once_in_which_a_campaign_stands_whether_it_runs_or_not()
    {
        var campaigns = new CampaignStore(Store.Database, Store.Audit);
        await campaigns.AddAsync(A.Campaign(CampaignStatus.Ended, "first"), Cancel);
        await campaigns.AddAsync(A.Campaign(id: "second"), Cancel);
        await campaigns.AddAsync(A.Campaign(CampaignStatus.Failed, "third") with { Spec = A.Spec(network: "TikTok") }, Cancel);

        (await campaigns.AccountsAsync(Cancel)).OrderBy(account => account.Value).ShouldBe([new AdAccountId("meta"), new AdAccountId("tiktok")]);
    }

    [Fact]
    public async Task Failed_commands_are_found_by_when_they_failed_and_no_others()
    {
        var intents = new IntentStore(Store.Database, Store.Audit);
        await intents.AddAsync(Intent("long-ago", IntentState.Failed, A.Noon.AddHours(-2)), Cancel);
        await intents.AddAsync(Intent("late", IntentState.Failed, A.Noon), Cancel);
        await intents.AddAsync(Intent("back", IntentState.TakenBack, A.Noon), Cancel);
        await intents.AddAsync(Intent("open", IntentState.Unknown, null), Cancel);

        (await intents.FailedAsync(A.Noon.AddHours(-1), Cancel)).ShouldHaveSingleItem().Key.Value.ShouldBe("late");
        (await intents.OpenAsync(Cancel)).ShouldHaveSingleItem().Key.Value.ShouldBe("open");
    }

    [Fact]
    public async Task A_stop_of_everything_is_still_one_after_a_restart()
    {
        ISettingsStore settings = Store.Settings;
        await new GlobalSwitch(settings, new MemoryStopJournal()).SetAsync(new SwitchState(true, FakePeople.Olga.Id, A.Noon, "stop everything", Stops: true), Cancel);

        var state = await new GlobalSwitch(new SettingsStore(Store.Again(), new Lazy<AuditChain>(Store.Audit)), new MemoryStopJournal()).StateAsync(Cancel);

        (state!.Frozen, state.Stops, state.By).ShouldBe((true, true, FakePeople.Olga.Id));
    }

    private static CommandIntent Intent(string key, IntentState state, DateTimeOffset? settled) => new(
        new CommandKey(key), WorkspaceId.Local, NetworkMode.Simulated,
        new NetworkCommand.SetBid(new AdAccountId("meta"), new CampaignId("c-1"), new ExternalId("n-1"), A.Usd(9), A.Usd(10)), PersonId.Agent, "because", A.Noon, state)
    {
        SettledAt = settled,
    };
}

public sealed class StopPathStoreTestsOnSqlite() : StopPathStoreTests(Engine.Sqlite);

public sealed class StopPathStoreTestsOnPostgres() : StopPathStoreTests(Engine.Postgres);
