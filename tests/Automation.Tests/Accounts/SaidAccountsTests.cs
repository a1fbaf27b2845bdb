using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Accounts.Setup;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Accounts;

/// <summary>What was said in the chat of channels, on-call and limits, over what is configured.</summary>
public sealed class SaidAccountsTests
{
    private static readonly AdAccount Meta = A.Account() with { DailyLimit = A.Usd(10_000) };
    private static readonly AdAccount TikTok = A.Account("TikTok");

    private readonly FakeAccounts _configured = new(Meta, TikTok);
    private readonly MemoryAudit _audit = new(TimeProvider.System);
    private readonly MemorySettings _settings;
    private readonly SetupBook _book;
    private readonly SaidAccounts _accounts;

    public SaidAccountsTests()
    {
        _settings = new MemorySettings(_audit);
        _book = new SetupBook(_settings);
        _accounts = new SaidAccounts(_configured, _book, ["local", "slack"]);
        _configured.Bind(new ChannelBinding(Meta.Id, "local/configured", "", "local/oncall", [FakePeople.Max.Id]));
    }

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_said_wins_over_the_configuration_and_of_the_account_over_what_was_said_of_all()
    {
        await SayAsync(null, new SaidSetup { Feed = new("slack/C0ALL", "#all"), Approvals = new("slack/C0ALL", "#all") });
        await SayAsync(Meta.Id, new SaidSetup { Feed = new("slack/C0META", "#meta") });

        var (meta, tiktok) = (await _accounts.BindingAsync(Meta.Id, Now), await _accounts.BindingAsync(TikTok.Id, Now));

        (meta.Feed, meta.Approvals, meta.Incidents, meta.OnCall.ShouldHaveSingleItem()).ShouldBe(("slack/C0META", "slack/C0ALL", "local/oncall", FakePeople.Max.Id));
        (tiktok.Feed, tiktok.Approvals, tiktok.Incidents).ShouldBe(("slack/C0ALL", "slack/C0ALL", ""));
        var arranged = (await _accounts.ArrangementsAsync(Now))[0];
        (arranged.Feed.From, arranged.Incidents.From, arranged.OnCall.From, arranged.DailyLimit.From).ShouldBe((Source.Chat, Source.Configuration, Source.Configuration, Source.Configuration));
    }

    [Fact]
    public async Task None_and_everybody_are_said_too()
    {
        await SayAsync(Meta.Id, new SaidSetup { Feed = new("", "none"), OnCall = [] });

        var meta = await _accounts.BindingAsync(Meta.Id, Now);

        meta.Feed.ShouldBeEmpty();
        meta.OnCall.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_daily_limit_is_the_lower_of_the_two()
    {
        await SayAsync(Meta.Id, new SaidSetup { DailyLimit = 5_000 });
        (await _accounts.GetAsync(Meta.Id, Now)).DailyLimit.ShouldBe(A.Usd(5_000));

        await SayAsync(Meta.Id, new SaidSetup { DailyLimit = 50_000 });
        (await _accounts.AllAsync(Now))[0].DailyLimit.ShouldBe(A.Usd(10_000));
    }

    [Theory]
    [InlineData("teams:eva")]
    [InlineData("forgotten:person-1")]
    public async Task Whoever_cannot_be_called_any_more_never_leaves_nobody_to_be_called(string gone)
    {
        await SayAsync(Meta.Id, new SaidSetup { OnCall = [new(gone)], Feed = new(gone.Replace(':', '/'), "gone") });

        var meta = await _accounts.BindingAsync(Meta.Id, Now);

        meta.OnCall.ShouldBe([FakePeople.Max.Id]);
        meta.Feed.ShouldBe("local/configured");
    }

    [Fact]
    public async Task It_holds_after_a_restart_and_each_change_is_on_record_with_who_said_it()
    {
        await SayAsync(Meta.Id, new SaidSetup { OnCall = [FakePeople.Olga.Id] });

        (await new SaidAccounts(_configured, new SetupBook(_settings), ["local"]).BindingAsync(Meta.Id, Now)).OnCall.ShouldBe([FakePeople.Olga.Id]);
        var entry = (await _audit.LatestAsync(null, 10, Now)).ShouldHaveSingleItem().Entry;
        (entry.Kind, entry.Actor, entry.Account, entry.Says).ShouldBe(("setting", FakePeople.You.Id, Meta.Id, "set up in the chat for meta: something from → to"));
    }

    private Task SayAsync(AdAccountId? account, SaidSetup said) => _book.ChangeAsync(account, FakePeople.You.Id, [("something", "from → to")], known => known.With(account, said), Now);
}
