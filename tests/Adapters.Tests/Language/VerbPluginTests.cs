using ChatOpsCampaigns.Adapters.Language;
using ChatOpsCampaigns.Dialogs.Commands.Workspace;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Kit;
using Microsoft.SemanticKernel;

namespace ChatOpsCampaigns.Adapters.Tests.Language;

public sealed class VerbPluginTests
{
    private readonly VerbCatalogue _catalogue = new ChatBench().Catalogue;

    private KernelPlugin Plugin => VerbPlugin.Build(_catalogue);

    [Fact]
    public void No_verb_that_acts_is_offered_to_a_model()
    {
        var acting = _catalogue.All.Where(verb => verb.Kind == VerbKind.Acts).SelectMany(verb => new[] { verb.Name.Replace(' ', '_'), $"draft_{verb.Name}", $"incident_{verb.Name}" });

        Plugin.Select(function => function.Name).Intersect(acting).ShouldBeEmpty();
        acting.ShouldContain("draft_launch");
    }

    [Fact]
    public void Every_built_verb_that_reads_or_proposes_and_can_be_said_is_offered()
    {
        var offered = _catalogue.All.Where(verb => verb.Kind != VerbKind.Acts && !verb.Phrases.IsEmpty && !ComingCommand.Is(verb));

        Plugin.FunctionCount.ShouldBe(offered.Count());
        new[] { "why", "draft_default", "incident_why" }.ShouldAllBe(name => Plugin.Contains(name));
    }

    /// <summary>"why" with "incident i1" is another verb that reads; "undo" with "launch c1" would be one that acts.</summary>
    [Fact]
    public async Task No_words_that_a_model_puts_in_make_a_line_that_acts()
    {
        var grammar = new VerbGrammar(_catalogue);
        var tempting = _catalogue.All.SelectMany(verb => verb.Phrases.SelectMany(phrase => new[] { phrase, $"{phrase} c1", phrase.Split(' ')[^1] })).Distinct().ToList();
        foreach (var function in Plugin)
        {
            foreach (var words in tempting)
            {
                var arguments = new KernelArguments(function.Metadata.Parameters.Take(1).ToDictionary(parameter => parameter.Name, object? (_) => words));
                var line = (await function.InvokeAsync<string>(new Kernel(), arguments, TestContext.Current.CancellationToken))!;

                new[] { grammar.Parse(line)?.Verb, WizardVerbs.Find(line)?.Verb, IncidentVerbs.Find(line)?.Verb, ConversationVerbs.Find(line) }
                    .OfType<Verb>().Where(verb => verb.Kind == VerbKind.Acts).ShouldBeEmpty($"{function.Name}: {line}");
            }
        }
    }

    [Fact]
    public async Task A_function_only_writes_the_line()
    {
        var line = await Plugin["why"].InvokeAsync<string>(new Kernel(), new KernelArguments { ["name"] = "c1" }, TestContext.Current.CancellationToken);

        line.ShouldBe("why c1");
    }
}
