using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Accounts;

public sealed class AccountTimeTests
{
    private static readonly AdAccount Zurich = A.Account() with { Id = new AdAccountId("meta:eu"), TimeZone = "Europe/Zurich" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_instant_is_told_in_the_zone_of_its_account_with_the_offset()
    {
        var accounts = new FakeAccounts(A.Account(), Zurich);

        (await accounts.InAsync(A.Account().Id, A.Noon, Cancel)).ShouldBe("2026-03-02 07:00 (UTC-05:00)");
        (await accounts.InAsync(Zurich.Id, A.Noon, Cancel)).ShouldBe("2026-03-02 13:00 (UTC+01:00)");
    }

    [Fact]
    public async Task Without_an_account_it_is_the_zone_that_all_share_or_else_the_world_s()
    {
        (await new FakeAccounts(A.Account(), A.Account("TikTok")).InAsync(null, A.Noon, Cancel)).ShouldBe("2026-03-02 07:00 (UTC-05:00)");
        (await new FakeAccounts(A.Account(), Zurich).InAsync(new AdAccountId("gone"), A.Noon, Cancel)).ShouldBe("2026-03-02 12:00 (UTC)");
    }
}
