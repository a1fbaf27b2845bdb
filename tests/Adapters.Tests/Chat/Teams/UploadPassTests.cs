using ChatOpsCampaigns.Adapters.Chat.Teams.Files;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Teams;

/// <summary>Who may hand in files for what, by the link alone.</summary>
public sealed class UploadPassTests
{
    private static readonly Uri Root = new("https://campaigns.example.com/");

    private readonly FakeTimeProvider _machine = new(A.Noon);
    private readonly UploadPasses _passes;

    public UploadPassTests() => _passes = new UploadPasses(Root, () => [1, 2, 3], _machine);

    [Fact]
    public void A_link_holds_for_whom_and_what_it_was_made_for_until_half_an_hour_is_over()
    {
        var pass = Pass();

        _passes.Read(pass).ShouldBe(new UploadPass(new PersonId("teams:a1"), new ConversationId("teams/19:ads@thread.tacv2;messageid=1"), new DraftId("d1"), A.Noon.AddMinutes(30)));

        _machine.Advance(TimeSpan.FromMinutes(30));
        _passes.Read(pass).ShouldNotBeNull();
        _machine.Advance(TimeSpan.FromSeconds(1));
        _passes.Read(pass).ShouldBeNull();
    }

    [Theory]
    [InlineData("another person")]
    [InlineData("another key")]
    [InlineData("no signature")]
    [InlineData("nothing")]
    public void What_was_changed_is_no_pass(string what)
    {
        var pass = Pass();
        var (said, signature) = (pass.Split('.')[0], pass.Split('.')[1]);

        _passes.Read(what switch
        {
            "another person" => $"{said.Replace(Convert.ToHexStringLower("teams:a1"u8), Convert.ToHexStringLower("teams:a2"u8), StringComparison.Ordinal)}.{signature}",
            "another key" => Pass(new UploadPasses(Root, () => [4, 5, 6], _machine)),
            "no signature" => said,
            _ => null,
        }).ShouldBeNull();
    }

    [Fact]
    public void Where_nothing_can_be_reached_there_is_no_link() =>
        new UploadPasses(null, () => [1], _machine).AddressFor(new PersonId("teams:a1"), new ConversationId("teams/a"), new DraftId("d1")).ShouldBeNull();

    private string Pass(UploadPasses? of = null)
    {
        var address = (of ?? _passes).AddressFor(new PersonId("teams:a1"), new ConversationId("teams/19:ads@thread.tacv2;messageid=1"), new DraftId("d1")).ShouldNotBeNull();
        address.ShouldStartWith("https://campaigns.example.com/upload#");
        return address.Split('#')[1];
    }
}
