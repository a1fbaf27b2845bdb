using ChatOpsCampaigns.Adapters.Language;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Bot.Composition;
using ChatOpsCampaigns.Bot.Start;
using ChatOpsCampaigns.Dialogs.Commands;
using ChatOpsCampaigns.Dialogs.Commands.Workspace;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Kit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;

namespace ChatOpsCampaigns.Bot.Tests.Surface;

/// <summary>The page of promises against the program as it is composed: neither says more than the other.</summary>
public sealed class SurfacePageTests
{
    [Theory]
    [InlineData("### Everywhere", VerbPlace.Anywhere)]
    [InlineData("### While a campaign is being made", VerbPlace.Draft)]
    [InlineData("### Where an open incident is shown", VerbPlace.Incident)]
    [InlineData("### While the workspace is set up", VerbPlace.Setup)]
    [InlineData("### When I ask", VerbPlace.Question)]
    public async Task Verbs_are_told_with_what_they_do_who_may_and_an_example(string heading, VerbPlace place)
    {
        await using var bot = InProcessBot.Start();
        var declared = bot.Get<VerbCatalogue>().All
            .Where(verb => verb.Place == place && !ComingCommand.Is(verb) && !verb.Phrases.IsEmpty)
            .Select(verb => $"{verb.Name} | {verb.Summary} | {Who(verb)} | {verb.Example}");

        var written = SurfacePage.Rows(heading).Select(row => $"{row[0].Trim('`')} | {row[1].Replace("`", "", StringComparison.Ordinal)} | {row[2]} | {row[3].Trim('`')}");

        written.Order(StringComparer.Ordinal).ShouldBe(declared.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_command_of_the_program_is_in_its_catalogue()
    {
        await using var bot = InProcessBot.Start();

        bot.Get<VerbCatalogue>().Verbs.Where(verb => !ComingCommand.Is(verb)).Count().ShouldBe(DialogServices.Commands.Count);
        DialogServices.Commands.Order(Comparer<Type>.Create((left, right) => string.CompareOrdinal(left.Name, right.Name)))
            .ShouldBe(Built().OrderBy(type => type.Name, StringComparer.Ordinal));
    }

    /// <summary>What people say in tests is answered by the same commands as in the program: another one's near misses would be others.</summary>
    [Fact]
    public void Tests_of_what_people_say_have_all_commands_of_the_program() =>
        new ChatBench().Commands.Select(command => command.GetType()).ShouldBe(DialogServices.Commands, ignoreOrder: true);

    [Fact]
    public async Task Endpoints_are_those_of_the_route_table()
    {
        await using var bot = InProcessBot.Start();
        var open = bot.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => endpoint.RoutePattern.RawText!.Replace(":regex(^[0-9a-f]{{64}}$)", "", StringComparison.Ordinal))
            .Distinct()
            .ToList();
        var written = SurfacePage.Rows("## Endpoints").SelectMany(row => SurfacePage.Quoted(row[0])).Select(path => path.Split(' ')[^1]).ToList();

        open.Where(path => !written.Exists(promise => Covers(promise, path))).ShouldBeEmpty();
        written.Where(promise => !open.Exists(path => Covers(promise, path))).ShouldBeEmpty();
    }

    [Fact]
    public void Verbs_of_the_command_line_are_those_that_the_program_takes() =>
        SurfacePage.Rows("## The program").Select(row => SurfacePage.Quoted(row[0]).First().Split(" [")[0].Split(" --")[0]).Order(StringComparer.Ordinal)
            .ShouldBe(Arguments.Built.Order(StringComparer.Ordinal));

    [Fact]
    public async Task The_language_models_plugin_is_built_at_start_without_a_model()
    {
        var built = 0;
        await using var bot = InProcessBot.Start(services => services.AddSingleton(provider =>
        {
            built++;
            return VerbPlugin.Build(provider.GetRequiredService<VerbCatalogue>());
        }));

        built.ShouldBe(1);
        var offered = bot.Get<KernelPlugin>().Select(function => function.Name).ToList();
        offered.ShouldContain("status");
        offered.Where(name => name.Contains("launch", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static bool Covers(string promise, string path) =>
        promise.EndsWith('…') ? path.StartsWith(promise.TrimEnd('…'), StringComparison.Ordinal) : promise == path;

    private static string Who(Verb verb)
    {
        var roles = RoleTable.Carrying(verb.Needs);
        return roles.Count == Enum.GetValues<Role>().Length ? "everybody" : string.Join(", ", roles);
    }

    private static IEnumerable<Type> Built() => typeof(ICommand).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && typeof(ICommand).IsAssignableFrom(type) && type != typeof(ComingCommand));
}
