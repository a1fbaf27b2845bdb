using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Turns;

/// <summary>What stops at once, what is asked about at once, and what is an ordinary line.</summary>
public sealed class UrgentOrderTests
{
    private readonly ChatBench _bench = new();

    public enum Taken
    {
        Stops,
        Asked,
        AskedOfAPart,
        AsAnyOther,
    }

    [Theory]
    [InlineData("Stop Everything \u2013 now!", Taken.Stops)]
    [InlineData("stop everything it's burning", Taken.Stops)]
    [InlineData("stop everything, it\u2019s burning!!", Taken.Stops)]
    [InlineData("stop everything - we are burning money", Taken.Stops)]
    [InlineData("stop everything!!! URGENT", Taken.Stops)]
    [InlineData("stop everything, right now please", Taken.Stops)]
    [InlineData("@campaigns stop everything asap", Taken.Stops)]
    [InlineData("stop all campaigns", Taken.Asked)]
    [InlineData("pause all campaigns", Taken.Asked)]
    [InlineData("kill all campaigns", Taken.Asked)]
    [InlineData("stop all ads", Taken.Asked)]
    [InlineData("stop every campaign", Taken.Asked)]
    [InlineData("stop the campaigns", Taken.Asked)]
    [InlineData("hey @campaigns please stop all campaigns now!", Taken.Asked)]
    [InlineData("/campaign stop all campaigns", Taken.Asked)]
    [InlineData("> stop all campaigns", Taken.Asked)]
    [InlineData("stop all campaigns at once", Taken.Asked)]
    [InlineData("stop everything, ana said so", Taken.Asked)]
    [InlineData("stop everything - no, wait", Taken.Asked)]
    [InlineData("stop everything for now", Taken.Asked)]
    [InlineData("stop everthng", Taken.Asked)]
    [InlineData("sotp everythng", Taken.Asked)]
    [InlineData("stopeverything now", Taken.Asked)]
    [InlineData("emergency stop", Taken.Asked)]
    [InlineData("turn everything off", Taken.Asked)]
    [InlineData("shut it all down", Taken.Asked)]
    [InlineData("~stop everything~", Taken.Asked)]
    [InlineData("> stop everything it's burning", Taken.Asked)]
    [InlineData("pause c3 and stop everything", Taken.Asked)]
    [InlineData("pause c1; stop everything", Taken.Asked)]
    [InlineData("ack everything; then stop everything now!", Taken.Asked)]
    [InlineData("status and stop everything", Taken.Asked)]
    [InlineData("stop everything on facebook", Taken.AskedOfAPart)]
    [InlineData("turn everything off on google", Taken.AskedOfAPart)]
    [InlineData("stop all facebook campaigns", Taken.AskedOfAPart)]
    [InlineData("pause all campaigns in the US", Taken.AskedOfAPart)]
    [InlineData("stop everything except c1 and c2", Taken.AskedOfAPart)]
    [InlineData("do not stop everything", Taken.AsAnyOther)]
    [InlineData("don't stop all campaigns", Taken.AsAnyOther)]
    [InlineData("never stop everything now", Taken.AsAnyOther)]
    [InlineData("why did you stop everything", Taken.AsAnyOther)]
    [InlineData("pause c3 and do not stop everything", Taken.AsAnyOther)]
    [InlineData("reject a1 because then stop everything would be said", Taken.AsAnyOther)]
    [InlineData("headline: stop everything", Taken.AsAnyOther)]
    [InlineData("who said stop everything", Taken.AsAnyOther)]
    [InlineData("ana said \"stop everything\"", Taken.AsAnyOther)]
    [InlineData("stop everything?", Taken.AsAnyOther)]
    [InlineData("stop everthng?", Taken.AsAnyOther)]
    [InlineData("stop all campaigns?", Taken.AsAnyOther)]
    [InlineData("stop everything, shall we?", Taken.AsAnyOther)]
    [InlineData("stop everything else", Taken.AsAnyOther)]
    [InlineData("unfreeze everything", Taken.AsAnyOther)]
    [InlineData("allow everything", Taken.AsAnyOther)]
    [InlineData("stop everything in c1", Taken.AsAnyOther)]
    [InlineData("pause all ads in c1", Taken.AsAnyOther)]
    [InlineData("stop the campaign", Taken.AsAnyOther)]
    [InlineData("stop the spring campaigns", Taken.AsAnyOther)]
    [InlineData("turn off c1", Taken.AsAnyOther)]
    [InlineData("the emergency stop is broken", Taken.AsAnyOther)]
    public void A_line_stops_everything_is_asked_about_at_once_or_is_as_any_other(string line, Taken taken) => TakenOf(line).ShouldBe(taken);

    [Theory]
    [InlineData("freeze all campaigns")]
    [InlineData("freeze everything, ana said so")]
    [InlineData("freeze everthng")]
    public void Who_speaks_of_freezing_is_asked_about_freezing(string line) => UrgentOrder.Nearly(_bench.Turn("olga", line)).ShouldNotBeNull().Order.ShouldBe("freeze everything");

    private Taken TakenOf(string line)
    {
        var turn = _bench.Turn("olga", line);
        if (UrgentOrder.Of(turn) is not null)
            return Taken.Stops;

        return UrgentOrder.Nearly(turn) switch
        {
            null => Taken.AsAnyOther,
            { IsOfAPart: true } => Taken.AskedOfAPart,
            _ => Taken.Asked,
        };
    }
}
