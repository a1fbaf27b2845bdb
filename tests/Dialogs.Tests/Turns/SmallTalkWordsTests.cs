using ChatOpsCampaigns.Dialogs.Turns;

namespace ChatOpsCampaigns.Dialogs.Tests.Turns;

public sealed class SmallTalkWordsTests
{
    [Theory]
    [InlineData("hi", SmallTalkKind.Greeting)]
    [InlineData("Hello!", SmallTalkKind.Greeting)]
    [InlineData("hey there 👋", SmallTalkKind.Greeting)]
    [InlineData("Good morning, team", SmallTalkKind.Greeting)]
    [InlineData("Hello, how are you?", SmallTalkKind.HowAreYou)]
    [InlineData("thanks!!", SmallTalkKind.Thanks)]
    [InlineData("thank you very much", SmallTalkKind.Thanks)]
    [InlineData("are you there?", SmallTalkKind.Presence)]
    [InlineData("hi, are you there?", SmallTalkKind.Presence)]
    [InlineData("what can you do", SmallTalkKind.About)]
    [InlineData("Who are you?", SmallTalkKind.About)]
    [InlineData("bye", SmallTalkKind.Farewell)]
    public void Small_talk_is_recognised(string said, SmallTalkKind kind) => SmallTalkWords.Find(said).ShouldBe(kind);

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("pause c1")]
    [InlineData("stop everything")]
    [InlineData("hello kitty game on tiktok, $300 a day")]
    [InlineData("thanks, now pause c1")]
    [InlineData("test creatives off")]
    [InlineData("morning hours 8-12")]
    [InlineData("yes")]
    [InlineData("cool down c1")]
    public void What_asks_for_something_is_none(string said) => SmallTalkWords.Find(said).ShouldBeNull();

    [Theory]
    [InlineData("hi, pause c1", "pause c1")]
    [InlineData("Hello! new campaign", "new campaign")]
    [InlineData("good morning stop everything", "stop everything")]
    [InlineData("hey bot: status", "status")]
    public void What_follows_a_greeting_counts(string said, string wanted) => SmallTalkWords.AfterGreeting(said).ShouldBe(wanted);

    [Theory]
    [InlineData("hi")]
    [InlineData("Hi-Fi shop on facebook")]
    [InlineData("history of c1")]
    [InlineData("pause c1")]
    public void Where_no_greeting_comes_first_nothing_is_taken_away(string said) => SmallTalkWords.AfterGreeting(said).ShouldBeNull();
}
