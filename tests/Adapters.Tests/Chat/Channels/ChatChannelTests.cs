using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Channels;

/// <summary>What holds for every way of talking with people, whatever is behind it. A new chat derives from this first.</summary>
public abstract class ChatChannelTests : IAsyncLifetime
{
    private const string Everybody = "<!channel> @here @everyone <@U0MAX> <at>Max</at>";

    private static readonly string CardFolder = Path.Combine(Root(), "cards");

    private ChannelUnderTest _chat = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Cards => [.. CardTemplates.Load(CardFolder).Names];

    private IChatChannel Channel => _chat.Channel;

    private protected abstract Task<ChannelUnderTest> OpenAsync();

    public async ValueTask InitializeAsync() => _chat = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await _chat.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_is_posted_stands_in_the_order_in_which_it_was_said()
    {
        var first = await Channel.PostAsync(_chat.Alone, new ChatMessage("one is first"), Cancel);
        var second = await Channel.PostAsync(_chat.Alone, new ChatMessage("two is second"), Cancel);

        var seen = await _chat.SeenAsync(_chat.Alone);
        seen.Select(message => message.Id).ShouldBe([first.Value, second.Value]);
        seen[0].Words.ShouldContain("one is first");
        seen[1].Words.ShouldContain("two is second");
    }

    [Fact]
    public async Task An_edit_takes_the_place_of_what_stood_there()
    {
        var message = await Channel.PostAsync(_chat.Alone, new ChatMessage("being prepared") { QuickReplies = [new QuickReply("Cancel", "cancel")] }, Cancel);

        (await Channel.EditAsync(_chat.Alone, message, new ChatMessage("ready now"), Cancel)).ShouldBe(message);

        var seen = (await _chat.SeenAsync(_chat.Alone)).ShouldHaveSingleItem();
        seen.Words.ShouldContain("ready now");
        seen.Words.ShouldNotContain("being prepared");
        seen.Labels.ShouldBeEmpty("a button of what stood there before would do what nobody sees");
    }

    [Fact]
    public async Task An_edit_of_what_is_gone_is_said_anew_and_can_be_edited_from_then_on()
    {
        var anew = await Channel.EditAsync(_chat.Alone, _chat.Gone, new ChatMessage("said anew"), Cancel);
        anew.ShouldNotBe(_chat.Gone);

        (await Channel.EditAsync(_chat.Alone, anew, new ChatMessage("and edited"), Cancel)).ShouldBe(anew);

        (await _chat.SeenAsync(_chat.Alone)).ShouldHaveSingleItem().Words.ShouldContain("and edited");
    }

    [Fact]
    public async Task Quick_replies_can_be_pressed()
    {
        await Channel.PostAsync(_chat.Alone, new ChatMessage("Launch it?") { QuickReplies = [new QuickReply("Yes", "yes"), new QuickReply("No", "no")] }, Cancel);

        (await _chat.SeenAsync(_chat.Alone)).ShouldHaveSingleItem().Labels.ShouldBe(["Yes", "No"]);
    }

    [Theory]
    [MemberData(nameof(Cards))]
    public async Task Every_card_is_shown_and_can_be_edited(string name)
    {
        var sample = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(CardFolder, $"{name}.sample.json"), Cancel))!.AsObject();
        var card = ChatMessage.Of(new SampleView(name, sample));

        var message = await Channel.PostAsync(_chat.Alone, card, Cancel);
        await Channel.EditAsync(_chat.Alone, message, card, Cancel);

        (await _chat.SeenAsync(_chat.Alone)).ShouldHaveSingleItem().Words.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task However_much_is_said_something_of_it_is_read()
    {
        await Channel.PostAsync(_chat.Alone, new ChatMessage($"It begins here. {new string('x', 40_000)}"), Cancel);

        (await _chat.SeenAsync(_chat.Alone))[0].Words.ShouldContain("It begins here.");
    }

    [Fact]
    public async Task Words_that_somebody_wrote_call_nobody()
    {
        await Channel.PostAsync(_chat.Alone, new ChatMessage($"The file is called {Everybody}"), Cancel);

        (await _chat.CalledAsync(_chat.Alone)).ShouldBeEmpty();
        (await _chat.SeenAsync(_chat.Alone)).ShouldHaveSingleItem().Words.ShouldContain("channel");
    }

    [Fact]
    public async Task Whoever_is_called_from_another_chat_is_passed_over()
    {
        await Channel.PostAsync(_chat.Alone, new ChatMessage("c1 stands") { Calls = [new PersonId("elsewhere:olga")] }, Cancel);

        (await _chat.SeenAsync(_chat.Alone)).ShouldHaveSingleItem().Words.ShouldBe("c1 stands");
    }

    [Fact]
    public void A_conversation_with_one_person_is_not_shared() => Channel.IsShared(_chat.Alone).ShouldBeFalse();

    [Fact]
    public async Task What_one_person_alone_is_told_in_a_shared_place_stands_there_for_nobody_else()
    {
        var place = _chat.Shared ?? _chat.Alone;

        await Channel.WhisperAsync(place, _chat.Ana, "only you see this", Cancel);

        (await _chat.WhisperedAsync(place)).ShouldHaveSingleItem().ShouldContain("only you see this");
        if (_chat.Shared is { } shared)
        {
            Channel.IsShared(shared).ShouldBeTrue();
            (await _chat.SeenAsync(shared)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_person_is_reached_alone_also_before_they_ever_said_something()
    {
        var place = await Channel.DirectAsync(_chat.Ana, Cancel);
        Channel.IsShared(place).ShouldBeFalse();

        await Channel.PostAsync(place, new ChatMessage("you are on call"), Cancel);

        var reached = await Channel.ReachAsync(place, Cancel);
        (await _chat.SeenAsync(reached)).ShouldHaveSingleItem().Words.ShouldContain("you are on call");
        (await Channel.ReachAsync(reached, Cancel)).ShouldBe(reached);
        Channel.FindReader(reached).ShouldBeNull("it is open");
    }

    [Fact]
    public async Task Typing_is_shown_or_left_out_and_says_nothing()
    {
        await Channel.TypingAsync(_chat.Alone, Cancel);

        (await _chat.SeenAsync(_chat.Alone)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_dropped_file_comes_into_the_store_as_it_is()
    {
        byte[] bytes = [1, 2, 3, 250];

        var digest = await Channel.FetchAsync(await _chat.DropAsync("four.bin", bytes), Cancel);

        digest.ShouldBe(Digest.Of(bytes));
        await using var kept = await _chat.Media.OpenAsync(digest, Cancel);
        using var read = new MemoryStream();
        await kept.CopyToAsync(read, Cancel);
        read.ToArray().ShouldBe(bytes);
    }

    [Fact]
    public void Its_conversations_begin_with_its_name() => _chat.Alone.Channel.ShouldBe(Channel.Name);

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", ".."));
}
