using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Commands;

/// <summary>What means something in one place alone: while a campaign is made, at an incident, after a question.</summary>
public sealed partial class PlacedVerbsTests
{
    private readonly ChatBench _bench = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public static TheoryData<string> WizardPhrases => [.. WizardVerbs.All.SelectMany(verb => verb.Phrases)];

    [Theory]
    [MemberData(nameof(WizardPhrases))]
    public async Task A_declared_word_is_carried_out_while_a_campaign_is_made(string phrase)
    {
        await OpenDraftAsync();
        var verb = WizardVerbs.Find(phrase)!.Value.Verb;
        var line = verb.Arguments.IsEmpty || verb == WizardVerbs.Override ? phrase : $"{phrase} countries";

        (await _bench.Wizard.TryVerbAsync(await _bench.ContextAsync(_bench.Turn("ana", line), Now), Now)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("launched")]
    [InlineData("go away")]
    [InlineData("back to school")]
    [InlineData("save $500")]
    public async Task A_line_that_only_begins_like_a_word_is_an_answer(string line)
    {
        await OpenDraftAsync();

        (await _bench.Wizard.TryVerbAsync(await _bench.ContextAsync(_bench.Turn("ana", line), Now), Now)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_word_of_the_wizard_needs_its_permission()
    {
        await OpenDraftAsync("max");
        var viewer = await _bench.ContextAsync(_bench.Turn("max", "launch"), Now) with { Person = FakePeople.Local("max", Role.Viewer) };

        await _bench.Wizard.TryVerbAsync(viewer, Now);

        _bench.SeenBy("max")[^1].ShouldBe("\"launch\" needs Marketer, Approver or Admin; you are Viewer. Nothing was changed.");
        (await _bench.Core.Campaigns.AllAsync(viewer.Person.Workspace, Now)).ShouldBeEmpty();
    }

    [Fact]
    public void A_word_of_an_incident_is_as_strict_as_the_command_that_it_means()
    {
        foreach (var reply in IncidentVerbs.All)
        {
            var means = _bench.Catalogue.Verbs.Single(verb => verb.Name == reply.Means);

            (reply.Needs, reply.Kind).ShouldBe((means.Needs, means.Kind), reply.Name);
        }
    }

    [Fact]
    public void Every_phrase_of_a_place_is_read_as_its_own_verb_there()
    {
        foreach (var verb in VerbCatalogue.Placed)
        {
            foreach (var phrase in verb.Phrases)
                ReadIn(verb.Place, verb.Arguments.Contains(Takes.Amount) ? $"{phrase} $1500" : phrase).ShouldBe(verb, $"{verb.Place}: {phrase}");
        }
    }

    [Fact]
    public void No_card_has_a_button_that_is_not_declared()
    {
        var buttons = Directory.EnumerateFiles(Path.Combine(Root(), "cards"), "*.json")
            .SelectMany(file => Button().Matches(File.ReadAllText(file)).Select(match => (File: Path.GetFileName(file), Family: match.Groups[1].Value, Name: match.Groups[2].Value)))
            .ToList();

        buttons.Count.ShouldBeGreaterThan(20);
        buttons.Where(button => !IsDeclared(button.Family, button.Name)).ShouldBeEmpty();
    }

    [Fact]
    public void Launching_acts_and_is_the_only_word_of_the_wizard_beside_override_that_does() =>
        WizardVerbs.All.Where(verb => verb.Kind == VerbKind.Acts).Select(verb => verb.Name).ShouldBe(["override", "launch"]);

    [Fact]
    public void Help_tells_the_words_of_each_place_to_whoever_may_use_them()
    {
        var ana = HelpCard.For(FakePeople.Ana, _bench.Catalogue);
        var olga = HelpCard.For(FakePeople.Olga, _bench.Catalogue);

        ana.Groups.Single(group => group.Title == "While a campaign is being made").Lines.Select(line => line.Says).ShouldContain("launch");
        ana.Groups.Single(group => group.Title == "Where an incident is shown").Lines.Select(line => line.Says).ShouldBe(["why"]);
        olga.Groups.ShouldNotContain(group => group.Title == "While a campaign is being made");
        olga.Groups.Single(group => group.Title == "Where an incident is shown").Lines.Select(line => line.Says).ShouldBe(["ack", "resume", "roll back", "why", "higher limit $1500"]);
    }

    private bool IsDeclared(string family, string name) => family switch
    {
        "wizard" => WizardVerbs.Find(name) is not null,
        "setup" => SetupVerbs.Find(name) is not null,
        "incident" => IncidentVerbs.Find(name) is not null,
        "confirm" => ConversationVerbs.Find(name)?.Place == VerbPlace.Question,
        "do" or "approval" => _bench.Catalogue.Find(name) is not null || Outside.Contains(name),
        "say" => name == "line",
        _ => false,
    };

    /// <summary>Commands that this bench does not build, since they need what stands outside the core.</summary>
    private static readonly string[] Outside = ["status", "campaigns", "settings", "fast forward"];

    private static Verb? ReadIn(VerbPlace place, string line) => place switch
    {
        VerbPlace.Draft => WizardVerbs.Find(line)?.Verb,
        VerbPlace.Incident => IncidentVerbs.Find(line)?.Verb,
        VerbPlace.Setup => SetupVerbs.Find(line),
        _ => ConversationVerbs.Find(line),
    };

    private async Task OpenDraftAsync(string person = "ana")
    {
        var draft = await _bench.Core.Drafts.SaveAsync(A.Draft() with { Owner = new($"local:{person}"), Conversation = $"local/{person}" }, Now);
        var conversation = new ConversationId($"local/{person}");
        await _bench.Conversations.SaveAsync(new ConversationState(conversation, draft.Owner) { OpenDraft = draft.Id }, Now);
    }

    [GeneratedRegex("\"verb\": \"(\\w+)\\.([^\"]+)\"")]
    private static partial Regex Button();

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ChatOpsCampaigns.sln")))
            folder = folder.Parent;

        return folder.FullName;
    }
}
