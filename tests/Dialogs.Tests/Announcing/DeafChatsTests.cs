using ChatOpsCampaigns.Dialogs.Announcing.Hearing;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Dialogs.Tests.Announcing;

/// <summary>That nothing is heard from a chat is told by the ways that still work.</summary>
public sealed class DeafChatsTests
{
    private const string Deaf = "I hear nothing from Slack any more, for 2 minutes now: no connection to it stands. What is written or pressed there does not reach me, a stop neither; what I post still comes. "
        + "Until I say here that I hear Slack again, say it in the browser chat or wherever else you reach me.";

    private const string Again = "I hear Slack again. Buttons that were pressed there meanwhile did nothing; whatever is still wanted has to be said or pressed once more.";

    private readonly ChatBench _bench = new();
    private readonly Ear _ear = new();
    private readonly DeafChats _deaf;

    public DeafChatsTests() => _deaf = new DeafChats(_bench.Chat, _bench.Audience, [_ear], _bench.Core.Machine, NullLogger<DeafChats>.Instance);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_Admin_is_told_once_after_two_minutes_and_once_that_it_is_over()
    {
        await TellAsync(TimeSpan.FromMinutes(2));
        await TellAsync(TimeSpan.FromMinutes(3));
        _bench.SeenBy("you").ShouldBe([Deaf]);
        _bench.SeenBy("olga").ShouldBeEmpty();

        await TellAsync(null);
        await TellAsync(null);

        _bench.SeenBy("you").ShouldBe([Deaf, Again]);
    }

    [Fact]
    public async Task What_is_over_within_two_minutes_is_told_to_nobody()
    {
        await TellAsync(TimeSpan.FromSeconds(119));
        await TellAsync(null);

        _bench.Channel.All.ShouldBeEmpty();
        _deaf.Now.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_next_time_it_is_told_anew()
    {
        await TellAsync(TimeSpan.FromMinutes(2));
        await TellAsync(null);
        _bench.Core.Machine.Advance(TimeSpan.FromHours(1));
        await TellAsync(TimeSpan.FromMinutes(2));

        _bench.SeenBy("you").ShouldBe([Deaf, Again, Deaf]);
    }

    [Fact]
    public async Task Whoever_cannot_be_reached_is_told_later_and_of_its_end_once_they_can()
    {
        _bench.Channel.IsAway = _ => true;
        await TellAsync(TimeSpan.FromMinutes(2));
        _bench.Channel.IsAway = _ => false;
        await TellAsync(TimeSpan.FromMinutes(2));
        _bench.SeenBy("you").ShouldBe([Deaf]);

        _bench.Channel.IsAway = _ => true;
        await TellAsync(null);
        _bench.Channel.IsAway = _ => false;
        await TellAsync(null);

        _bench.SeenBy("you").ShouldBe([Deaf, Again]);
    }

    [Fact]
    public async Task It_goes_before_what_else_waits_and_is_said_to_whoever_asks_how_the_program_stands()
    {
        await TellAsync(TimeSpan.FromMinutes(2));

        _bench.Channel.All.ShouldHaveSingleItem().Message.Urgent.ShouldBeTrue();
        _deaf.Now.ShouldBe(["nothing is heard from Slack for 2 min: no connection to it stands"]);
    }

    private Task TellAsync(TimeSpan? deafFor)
    {
        _ear.DeafFor = deafFor;
        return _deaf.TellAsync(Now);
    }

    private sealed class Ear : IEar
    {
        public string Chat => "Slack";

        public int Open => DeafFor is null ? 2 : 0;

        public TimeSpan? DeafFor { get; set; }

        public string Why => "no connection to it stands";
    }
}
