using ChatOpsCampaigns.Adapters.Language;
using ChatOpsCampaigns.Dialogs.Commands;
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
        var acting = _catalogue.Verbs.Where(verb => verb.Kind == VerbKind.Acts).Select(verb => verb.Name.Replace(' ', '_'));

        Plugin.Select(function => function.Name).Intersect(acting).ShouldBeEmpty();
    }

    [Fact]
    public void Every_verb_that_reads_or_proposes_is_offered()
    {
        var offered = _catalogue.Verbs.Count(verb => verb.Kind != VerbKind.Acts);

        Plugin.FunctionCount.ShouldBe(offered);
        offered.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task A_function_only_writes_the_line()
    {
        var line = await Plugin["why"].InvokeAsync<string>(new Kernel(), new KernelArguments { ["name"] = "c1" }, TestContext.Current.CancellationToken);

        line.ShouldBe("why c1");
    }
}
