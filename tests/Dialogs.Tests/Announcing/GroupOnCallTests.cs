using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Announcing;

/// <summary>A group is called in the incidents channel and nowhere else: where that takes nothing from us, somebody is called all the same.</summary>
public sealed class GroupOnCallTests
{
    private static readonly PersonId Night = new("local:night");
    private static readonly ConversationId Incidents = new("local/incidents");

    private readonly ChatBench _bench = new();

    public GroupOnCallTests() => _bench.Channel.Groups.Add(Night);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_called_alone_as_long_as_its_channel_takes_messages() => (await CalledAsync(Incidents.Value, Night)).ShouldBe([Night]);

    [Fact]
    public async Task Once_its_channel_is_closed_every_Admin_is_called_at_once()
    {
        _bench.Shut.Refused(new ClosedPlaceException(Incidents, "it is archived; unarchive it"));

        (await CalledAsync(Incidents.Value, Night)).ShouldBe([Night, FakePeople.You.Id]);

        _bench.Shut.Opened(Incidents);
        (await CalledAsync(Incidents.Value, Night)).ShouldBe([Night]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("slack/C0ELSE")]
    public async Task Without_a_channel_of_its_own_chat_every_Admin_is_called_too(string incidents) => (await CalledAsync(incidents, Night)).ShouldBe([Night, FakePeople.You.Id]);

    [Fact]
    public async Task Somebody_on_call_beside_it_hears_of_it_alone()
    {
        _bench.Shut.Refused(new ClosedPlaceException(Incidents, "it is archived; unarchive it"));

        (await CalledAsync(Incidents.Value, Night, FakePeople.Olga.Id)).ShouldBe([Night, FakePeople.Olga.Id]);
    }

    private async Task<IReadOnlyList<PersonId>> CalledAsync(string incidents, params IReadOnlyList<PersonId> onCall)
    {
        _bench.Core.Accounts.Bind(new ChannelBinding(A.Account().Id, "", "", incidents, onCall));
        return (await _bench.Audience.OfEmergencyAsync(WorkspaceId.Local, [A.Account().Id], Now)).Called;
    }
}
