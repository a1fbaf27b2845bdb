using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Charts;
using ChatOpsCampaigns.Adapters.Chat;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;
using ChatOpsCampaigns.Adapters.Chat.Slack.Pictures;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>Home tabs are brought up to date for those who opened theirs last, whatever Slack says of what stood there.</summary>
public sealed class SlackHomesTests : IDisposable
{
    private static readonly SlackAccess Access = new(new SlackSelf("T0CAMP001", "U0BOT", "B0BOT"), "xoxb-stand-in");

    private readonly SlackWire _wire = new();
    private readonly ChatBench _bench = new();
    private readonly SlackHomes _homes;
    private int _published;
    private int _campaigns;

    public SlackHomesTests()
    {
        var machine = new FakeTimeProvider(A.Noon);
        var settings = new SlackSettings { BotToken = "xoxb-stand-in", AppToken = "xapp-stand-in" };
        var http = new HttpClient(_wire);
        var api = new SlackApi(http, settings, new SlackPace(machine), machine);
        var pictures = new SlackPictures(api, http, new MemoryMedia(), new SlackCharts(settings, new DrawnCharts(), machine), NullLogger<SlackPictures>.Instance);
        var members = new SlackMembers(api, new SlackWorkspaces(api, settings), machine, NullLogger<SlackMembers>.Instance);
        var composer = new SlackComposer(CardTemplates.Load(Path.Combine(AppContext.BaseDirectory, "cards")), new NoCards(), pictures, members, settings);
        _homes = new SlackHomes(api, composer, _bench.Home, NullLogger<SlackHomes>.Instance);
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

    private async Task<IReadOnlyList<string?>> RefreshedAsync()
    {
        _wire.Calls.Clear();
        await _homes.RefreshAsync(FindAsync, Now);
        return [.. Tabs.Select(tab => tab.Person)];
    }

    private static SlackPerson Person(int number) => new($"U0P{number:000}", null);

    /// <summary>Something that every tab shows.</summary>
    private Task HappenAsync() => _bench.Core.Campaigns.AddAsync(A.Campaign(id: $"c{++_campaigns}") with { Handle = $"c{_campaigns}" }, Now);

    private JsonObject Published() => new() { ["ok"] = true, ["view"] = new JsonObject { ["hash"] = $"h{++_published}" } };

    private static Task<SlackAccess?> FindAsync(string? workspace, CancellationToken cancellationToken) => Task.FromResult<SlackAccess?>(Access);

    private sealed class NoCards : ISlackCardStore
    {
        public Task KeepAsync(string id, string card, ConversationId? conversation, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<string?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult<string?>(null);
    }
}
