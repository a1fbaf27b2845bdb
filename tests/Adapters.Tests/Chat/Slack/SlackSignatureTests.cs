using System.Text;
using ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

public sealed class SlackSignatureTests
{
    private const string Secret = "test-signing-secret-0001";
    private const string Timestamp = "1767225600";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1767225600);

    [Theory]
    [InlineData("""{"type":"url_verification","challenge":"abc"}""", "v0=3f4912d217527678c6367ca19cf46f3cea421c4124e92dec77b4ebe82a891623")]
    [InlineData("payload=%7B%22type%22%3A%22block_actions%22%7D", "v0=8ecbfda4bc42f53b88c4183867bb92d4a820fbfc915df854b49b3b19a14dd474")]
    [InlineData("command=%2Fcampaign&text=caf%C3%A9", "v0=116119b6d32ee7b4c2856c1c088309e8b36ef1960416c81a661fed99230ff4fb")]
    public void A_request_that_Slack_signed_is_genuine(string body, string signature) => IsGenuine(body, signature, Now).ShouldBeTrue();

    [Theory]
    [InlineData("command=%2Fcampaign&text=cafe")]
    [InlineData("")]
    [InlineData("command=%2Fcampaign&text=caf%C3%A9 ")]
    public void An_altered_body_is_not(string body) =>
        IsGenuine(body, "v0=116119b6d32ee7b4c2856c1c088309e8b36ef1960416c81a661fed99230ff4fb", Now).ShouldBeFalse();

    [Theory]
    [InlineData(-301, false)]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void A_stamp_counts_for_five_minutes_either_side(int seconds, bool genuine) =>
        IsGenuine("command=%2Fcampaign&text=caf%C3%A9", "v0=116119b6d32ee7b4c2856c1c088309e8b36ef1960416c81a661fed99230ff4fb", Now.AddSeconds(seconds)).ShouldBe(genuine);

    [Theory]
    [InlineData("1767225600", null)]
    [InlineData("1767225600", "")]
    [InlineData("1767225600", "v1=116119b6d32ee7b4c2856c1c088309e8b36ef1960416c81a661fed99230ff4fb")]
    [InlineData("1767225600", "v0=116119B6D32EE7B4C2856C1C088309E8B36EF1960416C81A661FED99230FF4FB")]
    [InlineData("1767225600", "v0=116119b6")]
    [InlineData(null, "v0=116119b6d32ee7b4c2856c1c088309e8b36ef1960416c81a661fed99230ff4fb")]
    [InlineData("", "v0=116119b6d32ee7b4c2856c1c088309e8b36ef1960416c81a661fed99230ff4fb")]
    [InlineData("soon", "v0=116119b6d32ee7b4c2856c1c088309e8b36ef1960416c81a661fed99230ff4fb")]
    [InlineData("-1767225600", "v0=116119b6d32ee7b4c2856c1c088309e8b36ef1960416c81a661fed99230ff4fb")]
    [InlineData("99999999999999999999", "v0=116119b6d32ee7b4c2856c1c088309e8b36ef1960416c81a661fed99230ff4fb")]
    [InlineData("9223372036854775807", "v0=116119b6d32ee7b4c2856c1c088309e8b36ef1960416c81a661fed99230ff4fb")]
    public void A_missing_or_malformed_header_is_not(string? timestamp, string? signature) =>
        SlackSignature.IsGenuine(Secret, timestamp, signature, "command=%2Fcampaign&text=caf%C3%A9"u8, Now).ShouldBeFalse();

    [Fact]
    public void Without_a_secret_nothing_is_genuine()
    {
        var body = "payload=x"u8;

        SlackSignature.IsGenuine("", Timestamp, SlackSignature.Sign("", 1767225600, body), body, Now).ShouldBeFalse();
    }

    private static bool IsGenuine(string body, string signature, DateTimeOffset now) =>
        SlackSignature.IsGenuine(Secret, Timestamp, signature, Encoding.UTF8.GetBytes(body), now);
}
