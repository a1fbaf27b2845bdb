using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Transcripts;

/// <summary>What comes at the wrong moment: files where words are asked for and words where files are, answers after days, two campaigns at once, two people at one.</summary>
public sealed class OutOfTurnTranscripts
{
    private readonly ChatBench _bench = new();
    private readonly Transcript _talk;

    public OutOfTurnTranscripts() => _talk = new Transcript(_bench);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_and_words_in_each_other_s_place_get_a_sentence_and_change_nothing()
    {
        await _talk.DropAsync("ana", Now, "one.png");
        await _talk.SayAsync("ana", Now, "new campaign");
        await _talk.DropAsync("ana", Now, "one.png");
        await _talk.SayAsync("ana", Now, "facebook", "balanced", "https://example.com/private.png", "see attachment");
        await _talk.DropAsync("ana", Now, "noise.png", "notes.txt");
        await _talk.SayAsync("ana", Now, "done");

        _talk.Faults.ShouldBeEmpty();
        Accepted("files-out-of-turn.txt");
    }

    [Fact]
    public async Task After_three_days_the_draft_goes_on_where_it_stood_and_an_old_question_no_longer_counts()
    {
        await _bench.Core.Campaigns.AddAsync(A.Campaign(), Now);
        await _talk.SayAsync("ana", Now, "set budget c1 $5000", "new campaign", "facebook");
        await _talk.MeanwhileAsync("three days later", () =>
        {
            _bench.Core.Machine.Advance(TimeSpan.FromDays(3));
            return Task.CompletedTask;
        });
        await _talk.SayAsync("ana", Now, "yes");
        await _talk.DropAsync("ana", Now, "one.png");
        await _talk.SayAsync("ana", Now, "done");

        (await _bench.Core.Campaigns.AllAsync(WorkspaceId.Local, Now)).Single().DailyBudget.ShouldBe(A.Usd(500));
        _talk.Faults.ShouldBeEmpty();
        Accepted("after-three-days.txt");
    }

    [Fact]
    public async Task Two_campaigns_in_the_making_are_never_mixed_up_and_nobody_answers_for_another()
    {
        await _talk.SayAsync("ana", Now, "new campaign", "facebook", "new campaign", "tiktok", "drafts");
        await _talk.SayAsync("max", Now, "done", "continue Meta draft", "delete draft TikTok draft", "launch");
        await _talk.SayAsync("ana", Now, "continue Meta draft");

        (await _bench.Core.Drafts.OfAsync(FakePeople.Ana.Id, Now)).Count.ShouldBe(2);
        (await _bench.Core.Drafts.OfAsync(FakePeople.Max.Id, Now)).ShouldBeEmpty();
        _talk.Faults.ShouldBeEmpty();
        Accepted("two-at-once.txt");
    }

    private void Accepted(string name) => _talk.ToString().ShouldBe(Golden.Accepted(name, _talk.ToString()));
}
