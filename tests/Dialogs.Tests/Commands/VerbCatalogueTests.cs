using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Verbs;
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
    public void Every_phrase_is_read_as_its_own_verb_but_for_a_bare_stop()
    {
        foreach (var verb in _bench.Catalogue.Verbs)
        {
            foreach (var phrase in verb.Phrases.Where(phrase => ConversationVerbs.Find(phrase) is null))
                _bench.Grammar.Parse(phrase).ShouldNotBeNull(phrase).Verb.ShouldBe(verb, phrase);
        }
    }

    [Fact]
    public void A_bare_stop_is_never_a_command_and_with_a_name_it_is()
    {
        _bench.Grammar.Parse("stop").ShouldBeNull();
        _bench.Grammar.Parse("Stop!").ShouldBeNull();
        _bench.Grammar.Parse("stop c1").ShouldNotBeNull().Verb.Name.ShouldBe("pause");
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
    public void The_role_table_says_who_may_do_what()
    {
        string[] Refused(params Role[] roles) =>
            [.. _bench.Catalogue.Verbs.Where(verb => !RoleTable.Allows(roles, verb.Needs)).Select(verb => verb.Name).Order()];

        Refused(Role.Admin).ShouldBeEmpty();
        Refused(Role.OnCall).ShouldBe(["approve", "continue", "copy", "delete draft", "drafts", "go on", "hand over", "new campaign", "people", "people grant", "people revoke", "reject", "setup"]);
        Refused(Role.Marketer).ShouldBe(
        [
            "ack", "allow everything", "approve", "audit verify", "drill", "freeze everything", "higher limit", "judge", "people", "people grant", "people revoke", "reject", "resume incident", "roll back", "roll back since",
            "settings", "setup", "stop everything",
        ]);
        Refused(Role.Approver).ShouldBe(
        [
            "ack", "allow everything", "audit verify", "drill", "fast forward", "freeze everything", "higher limit", "judge", "people", "people grant", "people revoke", "resume incident", "roll back", "roll back since",
            "settings", "setup", "simulate", "simulate calm", "stop everything",
        ]);
        _bench.Catalogue.Verbs.Select(verb => verb.Name).Except(Refused(Role.Viewer)).Order().ShouldBe(
        [
            "approvals", "bind", "campaigns", "export", "exposure", "feed", "guard", "help", "incidents", "insights", "people link", "people unlink", "postmortem", "recommendations", "report", "scorecard", "status",
            "true return", "view incident", "what if", "who am i", "why", "why incident", "why not",
        ]);
    }

    [Fact]
    public void Help_shows_what_one_may_and_who_may_the_rest()
    {
        var card = HelpCard.For(FakePeople.Ana, _bench.Catalogue);

        card.Groups.SelectMany(group => group.Lines).ShouldContain(line => line.Says == "set budget c1 $600");
        card.Groups.SelectMany(group => group.Lines).ShouldNotContain(line => line.Says == "stop everything");
        card.Roles.ShouldContain(line => line.Says == "On-call or Admin" && line.Does.Contains("stop everything"));
    }

    [Fact]
    public void A_verb_that_comes_later_is_no_part_of_help() =>
        HelpCard.For(FakePeople.You, _bench.Catalogue).Fallback.ShouldNotContain("insights");

    [Fact]
    public void A_misspelt_verb_is_guessed() => _bench.Grammar.Near("puase c1").Select(near => near.Line).ShouldContain("pause c1");
}
