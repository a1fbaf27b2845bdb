using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Wizard;

/// <summary>A word that was not typed to its end is what it begins, and no other's name.</summary>
public sealed class UnfinishedWordTests
{
    private readonly ChatBench _bench = new();

    [Theory]
    [InlineData("app instal", "\"app install\"")]
    [InlineData("instal", "\"install\"")]
    [InlineData("instals", "\"installs\"")]
    public async Task It_is_asked_about_as_what_it_begins(string typed, string meant)
    {
        var talk = new Transcript(_bench);

        await talk.SayAsync("ana", TestContext.Current.CancellationToken, "new campaign", "facebook", typed);

        _bench.SeenBy("ana")[^1].ShouldContain($"Did you mean {meant}?");
    }
}
