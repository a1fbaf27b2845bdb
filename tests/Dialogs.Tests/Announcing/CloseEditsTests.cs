using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Announcing;

/// <summary>Several edits of one message within a short time, in a chat that wants a pause between them.</summary>
public sealed class CloseEditsTests
{
    private const string Subject = "launch/c1";

    private static readonly ConversationId Ana = new("local/ana");

    private readonly ChatBench _bench = new();

    public CloseEditsTests() => _bench.Channel.EditPause = TimeSpan.FromSeconds(2);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private FakeChannel.Post Shown => _bench.Channel.In(Ana).ShouldHaveSingleItem();

    [Fact]
    public async Task They_become_the_last_one_and_whoever_showed_one_waits_for_it()
    {
        await ShowAsync("step 1");
        await ShowAsync("step 2");
        var later = new[] { ShowAsync("step 3"), ShowAsync("step 4"), ShowAsync("step 5") };

        (Shown.Message.Text, Shown.Edits).ShouldBe(("step 2", 1));
        later.ShouldAllBe(shown => !shown.IsCompleted);
        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(2));
        await Task.WhenAll(later);

        (Shown.Message.Text, Shown.Edits).ShouldBe(("step 5", 2));
    }

    [Fact]
    public async Task One_that_comes_after_the_pause_goes_at_once()
    {
        await ShowAsync("step 1");
        await ShowAsync("step 2");
        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(2));
        await ShowAsync("step 3");

        Shown.Message.Text.ShouldBe("step 3");
    }

    [Fact]
    public async Task What_calls_somebody_waits_for_no_pause_and_takes_the_place_of_what_waits()
    {
        await ShowAsync("step 1");
        await ShowAsync("step 2");
        var waits = ShowAsync("step 3");
        await _bench.Chat.ShowAsync(Ana, Subject, new ChatMessage("runaway") { Calls = [FakePeople.Olga.Id] }, Now);
        await waits;

        (Shown.Message.Text, Shown.Edits).ShouldBe(("runaway", 2));
    }

    [Fact]
    public async Task A_new_message_waits_for_the_edits_of_no_other()
    {
        await ShowAsync("step 1");
        await ShowAsync("step 2");
        var waits = ShowAsync("step 3");
        await _bench.Chat.PostAsync(Ana, new ChatMessage("c2 was stopped"), Now);

        _bench.SeenBy("ana").ShouldBe(["step 2", "c2 was stopped"]);
        waits.IsCompleted.ShouldBeFalse();
        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(2));
        await waits;
    }

    [Fact]
    public async Task What_waits_never_covers_a_message_that_was_posted_anew()
    {
        await ShowAsync("step 1");
        await ShowAsync("step 2");
        var waits = ShowAsync("step 3");
        await _bench.Chat.PostAnewAsync(Ana, Subject, new ChatMessage("step 4"), Now);
        await waits;
        await ShowAsync("step 5");

        _bench.SeenBy("ana").ShouldBe(["step 2", "step 5"]);
    }

    [Fact]
    public async Task Everybody_whose_edit_was_to_be_shown_hears_that_it_could_not_be()
    {
        await ShowAsync("step 1");
        await ShowAsync("step 2");
        var later = new[] { ShowAsync("step 3"), ShowAsync("step 4") };
        _bench.Channel.IsAway = _ => true;
        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(2));

        foreach (var shown in later)
            await Should.ThrowAsync<IOException>(() => shown);
    }

    private Task ShowAsync(string says) => _bench.Chat.ShowAsync(Ana, Subject, new ChatMessage(says), Now);
}
