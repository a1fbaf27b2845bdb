using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Commands;

/// <summary>A channel that one account is bound to, and everything that can be asked there of a campaign in another.</summary>
public sealed class BoundChannelTests
{
    private static readonly ConversationId Room = new("local/olga");

    private readonly ChatBench _bench = new();

    public BoundChannelTests()
    {
        var other = A.Campaign(id: "c-2") with { Handle = "c2", Spec = A.Spec("TikTok installs", "TikTok") };
        _bench.Core.Campaigns.With(A.Campaign());
        _bench.Core.Campaigns.With(other);
        _bench.Channel.IsRoom = place => place == Room;
        _bench.Core.Accounts.Bind(new ChannelBinding(other.Account, Room.Value, "", "", []));
    }

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("campaigns")]
    [InlineData("status")]
    public async Task It_lists_its_own_campaigns_alone(string line)
    {
        var said = await SaidAsync(line);

        said.ShouldContain("TikTok installs");
        said.ShouldNotContain("Facebook installs");
    }

    [Theory]
    [InlineData("status c1")]
    [InlineData("why c1")]
    [InlineData("pause c1")]
    [InlineData("pause Facebook installs US CA")]
    [InlineData("set budget c1 $600")]
    [InlineData("feed c1")]
    [InlineData("pause")]
    public async Task Another_campaign_is_not_there_whatever_it_is_called_by(string line)
    {
        var said = await SaidAsync(line);

        said.ShouldNotContain("(c1)");
        said.ShouldNotContain("$500");
        _bench.Core.Network.Executed.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_incident_of_another_account_is_not_there_and_one_of_everything_is()
    {
        await OpenAsync("c-1", A.Campaign().Account, "Facebook installs US CA");
        await OpenAsync(Incident.OfEverything.Value, A.Campaign().Account, "every campaign");

        var said = await SaidAsync("incidents");
        said.ShouldContain("every campaign");
        said.ShouldNotContain("Facebook installs");
        (await SaidAsync("why incident i1")).ShouldNotContain("Facebook installs");
        (await SaidAsync("hello")).ShouldNotContain("Facebook installs");
    }

    [Fact]
    public async Task Alone_the_same_person_sees_everything()
    {
        _bench.Channel.IsRoom = _ => false;

        (await SaidAsync("campaigns")).ShouldContain("Facebook installs");
    }

    private Task OpenAsync(string campaign, AdAccountId account, string name) => _bench.Core.Incidents.OpenAsync(
        new Incident(
            IncidentId.New(), WorkspaceId.Local, account, new CampaignId(campaign), name, SafetyRules.SweepLate, Remedy.Alert, Severity.Critical, new Evidence("spend", "$310", "$300"), A.Noon, IncidentState.Open),
        Now);

    /// <summary>All that everybody in the channel reads in answer.</summary>
    private async Task<string> SaidAsync(string line)
    {
        var before = _bench.SeenBy("olga").Count;
        await new Transcript(_bench).SayAsync("olga", Now, line);
        return string.Join('\n', _bench.SeenBy("olga").Skip(before));
    }
}
