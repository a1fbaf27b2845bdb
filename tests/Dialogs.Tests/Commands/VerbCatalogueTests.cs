using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Commands;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Commands;

public sealed class VerbCatalogueTests
{
    private readonly ChatBench _bench = new();

    [Fact]
    public void Every_example_is_read_as_its_own_verb()
    {
        foreach (var verb in _bench.Catalogue.Verbs)
            _bench.Grammar.Parse(verb.Example).ShouldNotBeNull(verb.Name).Verb.ShouldBe(verb, verb.Name);
    }

    [Fact]
    public void Every_phrase_is_read_as_its_own_verb()
    {
        foreach (var verb in _bench.Catalogue.Verbs)
        {
            foreach (var phrase in verb.Phrases)
                _bench.Grammar.Parse(phrase).ShouldNotBeNull(phrase).Verb.ShouldBe(verb, phrase);
        }
    }

    [Fact]
    public void Every_verb_has_a_role_that_carries_it_and_a_summary()
    {
        foreach (var verb in _bench.Catalogue.Verbs)
        {
            RoleTable.Carrying(verb.Needs).ShouldNotBeEmpty(verb.Name);
            verb.Summary.ShouldNotBeEmpty(verb.Name);
            verb.Phrases.ShouldContain(verb.Name);
        }
    }

    [Fact]
    public void The_surface_page_names_every_verb_and_no_other()
    {
        var page = File.ReadAllLines(Path.Combine(Root(), "docs", "surface.md"));
        var written = page.SkipWhile(line => line != "## Verbs").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1]);

        var built = _bench.Catalogue.Verbs.Where(verb => !ComingCommand.Is(verb)).Select(verb => verb.Name);

        written.Order().ShouldBe(Unbuilt.Concat(built).Order());
    }

    /// <summary>Verbs that this bench does not build, since they need what stands outside the core.</summary>
    private static readonly string[] Unbuilt = ["settings", "status", "campaigns", "fast forward"];

    [Fact]
    public void The_role_table_says_who_may_do_what()
    {
        string[] Refused(params Role[] roles) =>
            [.. _bench.Catalogue.Verbs.Where(verb => !RoleTable.Allows(roles, verb.Needs)).Select(verb => verb.Name).Order()];

        Refused(Role.Admin).ShouldBeEmpty();
        Refused(Role.OnCall).ShouldBe(["approve", "continue", "delete draft", "drafts", "go on", "new campaign", "reject"]);
        Refused(Role.Marketer).ShouldBe(
        [
            "ack", "allow everything", "approve", "audit verify", "freeze everything", "higher limit", "reject", "resume incident", "roll back",
            "stop everything",
        ]);
        Refused(Role.Viewer).ShouldContain("pause");
        Refused(Role.Viewer).ShouldNotContain("feed");
    }

    [Fact]
    public void Help_shows_what_one_may_and_who_may_the_rest()
    {
        var card = HelpCard.For(FakePeople.Ana, _bench.Catalogue);

        card.Groups.SelectMany(group => group.Lines).ShouldContain(line => line.Says == "set budget c1 $600");
        card.Groups.SelectMany(group => group.Lines).ShouldNotContain(line => line.Says == "stop everything");
        card.Roles.ShouldContain(line => line.Says == "OnCall, Admin" && line.Does.Contains("stop everything"));
    }

    [Fact]
    public void A_verb_that_comes_later_is_no_part_of_help() =>
        HelpCard.For(FakePeople.You, _bench.Catalogue).Fallback.ShouldNotContain("scorecard");

    [Fact]
    public void A_misspelt_verb_is_guessed() => _bench.Grammar.Near("puase c1").Select(verb => verb.Name).ShouldContain("pause");

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ChatOpsCampaigns.sln")))
            folder = folder.Parent;

        return folder.FullName;
    }
}
