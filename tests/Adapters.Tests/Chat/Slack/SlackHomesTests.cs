using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Charts;
using ChatOpsCampaigns.Adapters.Chat;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Homes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Files;
using ChatOpsCampaigns.Adapters.Chat.Slack.Pictures;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Slack;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>Home tabs are brought up to date for those who opened theirs last, whatever Slack says of what stood there.</summary>
public sealed class SlackHomesTests : IDisposable
{
    private static readonly SlackAccess Access = new(new SlackSelf("T0CAMP001", "U0BOT", "B0BOT"), "xoxb-stand-in");

    private readonly SlackWire _wire = new();
    private readonly ChatBench _bench = new(new Bench(people: new FakePeople(FakePeople.Olga, new Person(SlackPeople.PersonOf(Person(1)), WorkspaceId.Local, "Ana", [Role.Marketer]))));
    private readonly LoggedLines<SlackHomes> _log = new();
    private readonly SlackApi _api;
    private readonly SlackComposer _composer;
    private SlackHomes _homes;
    private int _published;
    private int _campaigns;

    public SlackHomesTests()
    {
        var machine = new FakeTimeProvider(A.Noon);
        var settings = new SlackSettings { BotToken = "xoxb-stand-in", AppToken = "xapp-stand-in" };
        var http = new HttpClient(_wire);
        _api = new SlackApi(http, settings, new SlackPace(machine), machine);
        var pictures = new SlackPictures(_api, new SlackDownloads(http, settings, machine), new MemoryMedia(), new SlackCharts(settings, new DrawnCharts(), machine), NullLogger<SlackPictures>.Instance);
        var members = new SlackMembers(_api, new SlackWorkspaces(_api, settings), machine, NullLogger<SlackMembers>.Instance);
        _composer = new SlackComposer(CardTemplates.Load(Path.Combine(AppContext.BaseDirectory, "cards")), new NoCards(), pictures, members, settings);
        _homes = Started();
        _wire.Answer = call => Task.FromResult(call.Method == "views.publish" ? Published() : SlackWire.Usual(call));
    }

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public void Dispose() => _wire.Dispose();

    private IReadOnlyList<(string? Person, string? Hash)> Tabs =>
        [.. _wire.Calls.Where(call => call.Method == "views.publish").Select(call => ((string?)call.Arguments["user_id"], (string?)call.Arguments["hash"]))];

    [Fact]
    public async Task One_that_was_changed_meanwhile_is_shown_as_it_stands_now_whatever_stood_there()
    {
        await _homes.ShowAsync(Access, new SlackPerson("U0ANA", null), Now);
        await HappenAsync();
        _wire.Answer = call => Task.FromResult(call.Method != "views.publish" ? SlackWire.Usual(call) : call.Arguments["hash"] is null ? Published() : SlackWire.Refusal("hash_conflict"));

        await _homes.RefreshAsync(FindAsync, Now);
        await _homes.RefreshAsync(FindAsync, Now);

        Tabs.ShouldBe([("U0ANA", null), ("U0ANA", "h1"), ("U0ANA", null)]);
    }

    [Fact]
    public async Task The_hundred_who_opened_theirs_last_are_brought_up_to_date_and_whoever_was_forgotten_from_when_they_open_it_again()
    {
        foreach (var number in Enumerable.Range(1, 101))
            await _homes.ShowAsync(Access, Person(number), Now);

        await HappenAsync();
        (await RefreshedAsync()).ShouldBe(Enumerable.Range(2, 100).Select(number => Person(number).Id), ignoreOrder: true);

        await _homes.ShowAsync(Access, Person(1), Now);
        await HappenAsync();
        (await RefreshedAsync()).ShouldBe(Enumerable.Range(3, 99).Prepend(1).Select(number => Person(number).Id), ignoreOrder: true);
    }

    [Fact]
    public async Task What_shows_nothing_new_is_not_sent()
    {
        await _homes.ShowAsync(Access, Person(1), Now);

        (await RefreshedAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task After_a_restart_those_who_opened_theirs_last_are_shown_theirs_anew_whatever_stands_there()
    {
        foreach (var number in new[] { 1, 2, 1 })
            await _homes.ShowAsync(Access, Person(number), Now);

        await _homes.ShowAsync(Access, new SlackPerson("U0EVA", "T0CAMP002"), Now);
        _homes = Started();
        _wire.Calls.Clear();

        (await _homes.RefreshAsync(FindAsync, Now)).ShouldBeTrue();

        Tabs.ShouldBe([("U0EVA", null), ("U0P001", null), ("U0P002", null)]);
    }

    [Fact]
    public async Task Of_those_who_opened_theirs_before_a_restart_the_hundred_who_were_last_are_kept_too()
    {
        foreach (var number in Enumerable.Range(1, 100))
            await _homes.ShowAsync(Access, Person(number), Now);

        _homes = Started();
        await _homes.ShowAsync(Access, Person(101), Now);

        await HappenAsync();
        (await RefreshedAsync()).ShouldBe(Enumerable.Range(2, 100).Select(number => Person(number).Id), ignoreOrder: true);
    }

    [Fact]
    public async Task A_fault_is_told_in_one_line_however_many_it_concerns_and_however_often_it_is_tried_and_that_it_works_again_in_another()
    {
        foreach (var number in Enumerable.Range(1, 3))
            await _homes.ShowAsync(Access, Person(number), Now);

        await HappenAsync();
        _wire.Answer = call => Task.FromResult(call.Method == "views.publish" ? SlackWire.Refusal("missing_scope") : SlackWire.Usual(call));
        (await _homes.RefreshAsync(FindAsync, Now)).ShouldBeFalse();
        (await _homes.RefreshAsync(FindAsync, Now)).ShouldBeFalse();
        _log.Lines.ShouldBe(["Home tabs on Slack are not brought up to date; it is tried again, and told once it works. Slack refused views.publish: missing_scope"]);

        _wire.Answer = call => Task.FromResult(call.Method == "views.publish" ? Published() : SlackWire.Usual(call));
        (await _homes.RefreshAsync(FindAsync, Now)).ShouldBeTrue();

        _log.Lines[1..].ShouldBe(["Home tabs on Slack are brought up to date again."]);
    }

    [Fact]
    public async Task One_whose_workspace_nobody_can_say_yet_holds_up_nobody_else()
    {
        await _homes.ShowAsync(Access, new SlackPerson("U0EVA", "T0CAMP002"), Now);
        await _homes.ShowAsync(Access, Person(1), Now);
        await HappenAsync();
        _wire.Calls.Clear();

        (await _homes.RefreshAsync((workspace, token) => workspace is null ? FindAsync(null, token) : throw new TimeoutException(), Now)).ShouldBeFalse();

        Tabs.Select(tab => tab.Person).ShouldBe(["U0P001"]);
        _log.Lines.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_is_not_there_any_more_is_forgotten_with_no_word_and_also_over_a_restart(bool isWorkspace)
    {
        await _homes.ShowAsync(Access, Person(1), Now);
        await HappenAsync();
        _wire.Answer = call => Task.FromResult(call.Method == "views.publish" ? SlackWire.Refusal("user_not_found") : SlackWire.Usual(call));
        (await _homes.RefreshAsync(isWorkspace ? (_, _) => Task.FromResult<SlackAccess?>(null) : FindAsync, Now)).ShouldBeTrue();

        _homes = Started();
        (await RefreshedAsync()).ShouldBeEmpty();
        _log.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_it_cannot_be_written_who_opened_theirs_they_are_shown_theirs_all_the_same()
    {
        _bench.Core.Settings.Locked = true;
        await _homes.ShowAsync(Access, Person(1), Now);
        _bench.Core.Settings.Locked = false;

        _log.Lines.ShouldHaveSingleItem().ShouldEndWith("IOException: database is locked");
        await HappenAsync();
        (await RefreshedAsync()).ShouldBe([Person(1).Id]);
        await _homes.ShowAsync(Access, Person(1), Now);
        _homes = Started();
        (await RefreshedAsync()).ShouldBe([Person(1).Id]);
    }

    [Proves(160, 163)]
    [Fact]
    public async Task Below_the_dashboard_are_the_last_day_and_the_best_recommendations_as_Slack_takes_them()
    {
        await _bench.RunningWellAsync(days: 10, Now);
        foreach (var minute in Enumerable.Range(1, 9))
            await _bench.Core.Feed.PublishAsync(
                new FeedEvent(0, A.Noon.AddMinutes(minute - 10), WorkspaceId.Local, A.Account().Id, A.Campaign().Id, A.Campaign().Name, FeedKind.BidAdjustment, Severity.Low, $"bid $9 → $8.{minute:00}", "one install cost $13.20 where it may cost $12", PersonId.Agent),
                Now);

        await _homes.ShowAsync(Access, Person(1), Now);

        var view = _wire.Calls.Single(call => call.Method == "views.publish").Arguments["view"]!.AsObject();
        var blocks = view["blocks"]!.AsArray();
        BlockLimits.BrokenHome(view).ShouldBeEmpty();
        blocks.Where(block => (string)block!["type"]! == "header").Select(block => (string)block!["text"]!["text"]!).ShouldBe(["Campaigns", "The last 24 hours", "Recommendations"]);
        blocks.Count(block => block!.ToJsonString().Contains("Open a ", StringComparison.Ordinal)).ShouldBe(3);
    }

    [Fact]
    public async Task A_long_dashboard_leaves_what_happened_its_room_as_far_as_a_view_holds_both()
    {
        for (var campaign = 0; campaign < 25; campaign++)
            await HappenAsync();

        await _homes.ShowAsync(Access, Person(1), Now);

        var view = _wire.Calls.Single(call => call.Method == "views.publish").Arguments["view"]!.AsObject();
        BlockLimits.BrokenHome(view).ShouldBeEmpty();
        view["blocks"]!.AsArray().Count.ShouldBeGreaterThan(50);
        view["blocks"]!.AsArray().ShouldContain(block => block!.ToJsonString().Contains("The last 24 hours", StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<string?>> RefreshedAsync()
    {
        _wire.Calls.Clear();
        await _homes.RefreshAsync(FindAsync, Now);
        return [.. Tabs.Select(tab => tab.Person)];
    }

    /// <summary>As after a start, over what is kept.</summary>
    private SlackHomes Started() => new(_api, _composer, _bench.Home, new HomeOpeners(_bench.Core.Settings), _log);

    private static SlackPerson Person(int number) => new($"U0P{number:000}", null);

    /// <summary>Something that every tab shows.</summary>
    private Task HappenAsync() => _bench.Core.Campaigns.AddAsync(A.Campaign(id: $"c{++_campaigns}") with { Handle = $"c{_campaigns}" }, Now);

    private JsonObject Published() => new() { ["ok"] = true, ["view"] = new JsonObject { ["hash"] = $"h{++_published}" } };

    private static Task<SlackAccess?> FindAsync(string? workspace, CancellationToken cancellationToken) => Task.FromResult<SlackAccess?>(Access);
}
