using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Tests.Values;

public sealed class PersonNameTests
{
    [Theory]
    [InlineData("local:ana", "ana")]
    [InlineData("local:you", "robin")]
    [InlineData("slack:T1:U2", "U2")]
    [InlineData("agent", "agent")]
    public void Nobody_is_called_you_since_that_is_whoever_reads_it(string id, string name) => new PersonId(id).ToString().ShouldBe(name);

    [Fact]
    public void Addresses_keep_what_was_chosen() => new PersonId("local:you").Key.ShouldBe("you");
}
