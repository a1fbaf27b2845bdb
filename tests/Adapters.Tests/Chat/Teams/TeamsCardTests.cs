using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat;
using ChatOpsCampaigns.Adapters.Chat.Teams.Cards;
using ChatOpsCampaigns.Kit;
using NJsonSchema;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Teams;

/// <summary>Every card as Teams gets it: as it was accepted, within the schema before Teams's own parts, within Teams's limits.</summary>
public sealed class TeamsCardTests
{
    private const string Id = "k1";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly CardTemplates Cards = CardTemplates.Load(Path.Combine(Root(), "cards"));
    private static readonly Lazy<Task<JsonSchema>> Schema = new(() => JsonSchema.FromFileAsync(Path.Combine(Here(), "..", "adaptive-card-1.5.0.json")));
    private static readonly CardLook Shared = new("Campaigns") { IsShared = true };
    private static readonly CardLook Alone = new("Campaigns");

    public static TheoryData<string> Names => [.. Cards.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_card_looks_in_Teams_as_it_was_accepted(string name)
    {
        var text = Text(AdaptiveCardRenderer.Card(Cards.BindSample(name), Id, Shared with { Deciders = ["29:max"], MayDecide = false, Calls = [("29:olga", "Olga <N.>")] }));

        text.ShouldBe(Golden.Accepted($"{name}.teams.json", text));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_card_keeps_to_the_schema_before_what_only_Teams_knows(string name)
    {
        foreach (var look in new[] { Alone, Shared, Shared with { MayDecide = false }, Shared with { IsWorking = true } })
        {
            var faults = (await Schema.Value).Validate(AdaptiveCardRenderer.Draw(Cards.BindSample(name), Id, look).ToJsonString());

            faults.Select(fault => $"{fault.Path}: {fault.Kind}").ShouldBeEmpty(look.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_button_carries_the_name_of_its_card_and_its_number_and_nothing_else(string name)
    {
        var card = AdaptiveCardRenderer.Card(Cards.BindSample(name), Id, Alone);

        var actions = CardParts.Inside(card).Where(node => (string?)node["type"] == "Action.Execute").ToList();
        actions.ShouldAllBe(action => action["data"]!.AsObject().Count == 1 && ((string)action["data"]!["tok"]!).StartsWith("k1.", StringComparison.Ordinal));
        actions.ShouldAllBe(action => (string?)action["fallback"]!["type"] == "Action.Submit");
        actions.Select(action => (string)action["data"]!["tok"]!).ShouldBeUnique();
        ((string?)card["msteams"]!["width"]).ShouldBe("Full");
        ((string?)card["version"]).ShouldBe("1.5");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Whatever_stands_in_a_card_it_keeps_within_what_Teams_takes_and_is_still_read(string name)
    {
        foreach (var words in (string[])["<at>Max</at> & <b>", new string('x', 60_000), string.Concat(Enumerable.Repeat("👩‍🚀", 12_000)), "مرحبا", ""])
        {
            var card = Cards.BindSample(name);
            foreach (var node in CardParts.Inside(card).Where(node => node["text"] is not null))
                node["text"] = words;

            var drawn = AdaptiveCardRenderer.Card(card, Id, Shared);

            CardSize.Fits(drawn).ShouldBeTrue($"{Encoding.UTF8.GetByteCount(drawn.ToJsonString())} bytes");
            drawn["body"]!.AsArray().ShouldNotBeEmpty();
        }
    }

    [Fact]
    public void What_Teams_alone_adds_counts_for_the_size_too()
    {
        var card = Cards.BindSample("approval");
        var body = card["body"]!.AsArray();
        while (CardSize.Fits(AdaptiveCardRenderer.Draw(card, Id, Shared)))
            body.Insert(0, CardParts.Line(new string('x', 500)));

        body.RemoveAt(0);
        var look = Shared with { Deciders = [.. Enumerable.Range(0, 60).Select(one => $"29:{one}{new string('d', 60)}")], MayDecide = true, Calls = [("29:ana", "Ana")] };

        CardSize.Fits(AdaptiveCardRenderer.Card(card, Id, look)).ShouldBeTrue();
    }

    [Fact]
    public void A_long_list_is_cut_says_so_and_keeps_its_buttons()
    {
        var card = Cards.BindSample("dashboard");
        var rows = card["body"]!.AsArray();
        for (var copy = 0; copy < 400; copy++)
            rows.Add(CardParts.Line($"campaign {copy} {new string('x', 100)}"));

        var drawn = AdaptiveCardRenderer.Card(card, Id, Alone);

        CardSize.Fits(drawn).ShouldBeTrue();
        Text(drawn).ShouldContain("There is more of it than Teams shows at once");
        Text(drawn).ShouldContain("New campaign");
        Text(drawn).ShouldContain("campaign 1 ");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Details_go_before_any_button(string name)
    {
        var card = Cards.BindSample(name);
        var body = card["body"]!.AsArray();
        for (var copy = 0; copy < 400; copy++)
            body.Insert(0, CardParts.Line($"detail {copy} {new string('x', 100)}"));

        var drawn = AdaptiveCardRenderer.Card(card, Id, Alone);

        CardSize.Fits(drawn).ShouldBeTrue();
        Acting(drawn).ShouldBe(Acting(AdaptiveCardRenderer.Draw(card, Id, Alone)));
    }

    private static int Acting(JsonObject card) => CardParts.Inside(card).Count(element => (string?)element["type"] == "Action.Execute");

    [Fact]
    public void In_a_channel_it_says_that_nothing_is_heard_that_does_not_name_us_and_beside_one_person_it_does_not()
    {
        Text(AdaptiveCardRenderer.Card(Cards.BindSample("step"), Id, Shared)).ShouldContain("write @Campaigns before your answer");
        Text(AdaptiveCardRenderer.Card(Cards.BindSample("step"), Id, Alone)).ShouldNotContain("@Campaigns");
    }

    [Fact]
    public void In_a_channel_whatever_offers_a_resume_says_how_it_is_typed_there()
    {
        foreach (var card in new[] { "incident", "campaign" }.Where(card => Text(Cards.BindSample(card)).Contains("resume\"", StringComparison.Ordinal)))
            Text(AdaptiveCardRenderer.Card(Cards.BindSample(card), Id, Shared)).ShouldContain("write @Campaigns resume.");

        Text(AdaptiveCardRenderer.Card(Cards.BindSample("incident"), Id, Shared)).ShouldContain("write @Campaigns resume.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Where_a_team_shows_us_everything_no_card_says_otherwise_and_where_it_does_not_every_card_that_asks_says_so(string name)
    {
        var card = Cards.BindSample(name);
        var asks = CardParts.Inside(card).Any(node => (string?)node["type"] == "Action.Execute" || ((string?)node["type"])?.StartsWith("Input.", StringComparison.Ordinal) == true);

        Text(AdaptiveCardRenderer.Card(card, Id, Shared)).Contains("Teams shows me only what names me here: write @Campaigns ", StringComparison.Ordinal).ShouldBe(asks);
        Text(AdaptiveCardRenderer.Card(card, Id, Shared with { IsHeard = true })).ShouldNotContain("only what names me");
    }

    [Fact]
    public void Where_files_are_asked_for_in_a_channel_it_says_why_they_go_elsewhere_and_has_the_button()
    {
        var card = Cards.BindSample("step");
        card["actions"]![0]!["verb"] = "wizard.done";

        var drawn = Text(AdaptiveCardRenderer.Card(card, Id, Shared));

        drawn.ShouldContain("Teams gives me no files from a channel");
        drawn.ShouldContain("k1.files");
        Text(AdaptiveCardRenderer.Card(card, Id, Alone)).ShouldNotContain("k1.files");
    }

    [Fact]
    public void Buttons_of_a_decision_are_for_whoever_may_decide()
    {
        var deciders = Shared with { Deciders = ["29:max", "29:olga"], MayDecide = false };
        var others = AdaptiveCardRenderer.Card(Cards.BindSample("approval"), Id, deciders);
        Text(others).ShouldNotContain("Approve\"");
        Text(others).ShouldNotContain("Input.Text");
        Text(others).ShouldContain("@Campaigns approvals");
        others["refresh"]!["userIds"]!.AsArray().Select(user => (string?)user).ShouldBe(["29:max", "29:olga"]);
        ((string?)others["refresh"]!["action"]!["data"]!["tok"]).ShouldBe(Id);

        Text(AdaptiveCardRenderer.Card(Cards.BindSample("approval"), Id, deciders with { MayDecide = true })).ShouldContain("\"Approve\"");
        Text(AdaptiveCardRenderer.Card(Cards.BindSample("incident"), Id, deciders)).ShouldContain("\"Ack\"");
    }

    [Fact]
    public void More_people_than_Teams_takes_see_the_same_card()
    {
        var many = Enumerable.Range(0, AdaptiveCardRenderer.MostDeciders + 1).Select(number => $"29:{number}").ToList();

        AdaptiveCardRenderer.Card(Cards.BindSample("approval"), Id, Shared with { Deciders = many }).ContainsKey("refresh").ShouldBeFalse();
        AdaptiveCardRenderer.Card(Cards.BindSample("approval"), Id, Shared with { Deciders = [.. many.Skip(1)] }).ContainsKey("refresh").ShouldBeTrue();
    }

    [Fact]
    public void While_it_is_worked_on_nothing_can_be_pressed_but_to_see_it_again()
    {
        var card = AdaptiveCardRenderer.Card(Cards.BindSample("incident"), Id, Shared with { IsWorking = true });

        CardParts.Inside(card).Where(node => (string?)node["type"] == "Action.Execute").Select(node => (string?)node["title"]).ShouldBe(["Show it again"]);
        Text(card).ShouldContain("Working on it…");
    }

    [Fact]
    public void A_picture_that_Teams_cannot_fetch_is_told_in_words()
    {
        Text(AdaptiveCardRenderer.Card(Cards.BindSample("upload"), Id, Alone)).ShouldNotContain("\"Image\"");

        var sample = Cards.BindSample("upload");
        var address = CardParts.Inside(sample).Where(node => (string?)node["type"] == "Image").Select(node => (string)node["url"]!).First();
        Text(AdaptiveCardRenderer.Card(sample, Id, Alone with { Pictures = new Dictionary<string, string> { [address] = "https://campaigns.example.com/p" } })).ShouldContain("https://campaigns.example.com/p");
    }

    private static string Text(JsonNode node) => $"{node.ToJsonString(Readable)}\n";

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;

    private static string Root() => Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", ".."));
}
