using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Transcripts;

public sealed class DrillTranscripts
{
    [Fact]
    public async Task A_drill_calls_whoever_is_on_call_is_marked_and_says_who_answered()
    {
        var cancel = TestContext.Current.CancellationToken;
        var bench = new ChatBench();
        var talk = new Transcript(bench);

        await talk.SayAsync("ana", cancel, "drill");
        await talk.SayAsync("you", cancel, "drill");
        bench.Core.Machine.Advance(TimeSpan.FromSeconds(40));
        await talk.SayAsync("olga", cancel, "ack", "ack");

        var text = talk.ToString();
        text.ShouldBe(Golden.Accepted("drill.txt", text));
    }
}
