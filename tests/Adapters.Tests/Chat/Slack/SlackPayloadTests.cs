using System.Text;
using ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>What cannot be read to its end is known for that before anything reads it.</summary>
public sealed class SlackPayloadTests
{
    [Theory]
    [InlineData("""{"type":"event_callback","type":"event_callback"}""", "a name stands twice in it")]
    [InlineData("""{"event":{"text":"one","text":"two"}}""", "a name stands twice in it")]
    [InlineData("""{"event":{"text":"half \ud83d of one"}}""", "a text in it has half a character")]
    [InlineData("""{"event":{"\udc00":"one"}}""", "a text in it has half a character")]
    [InlineData("{", "it is no JSON")]
    [InlineData("[]", "it is no JSON object")]
    [InlineData("null", "it is no JSON object")]
    [InlineData("""{"event":{"channel":"C0ADS/1.2"}}""", "event.channel is no id")]
    [InlineData("""{"user":{"id":"U0ANA:x"}}""", "user.id is no id")]
    [InlineData("""{"container":{"message_ts":"1.2/3"}}""", "container.message_ts is no time of a message")]
    [InlineData("""{"type":"view_submission","view":{"private_metadata":"garbage"}}""", "view.private_metadata is none of ours")]
    [InlineData("""{"type":"view_submission","view":{"private_metadata":"null"}}""", "view.private_metadata is none of ours")]
    [InlineData("""{"type":"view_submission","view":{"private_metadata":"{\"Token\":\"k1.0\",\"Conversation\":\"local/ana\"}"}}""", "view.private_metadata is none of ours")]
    [InlineData("""{"type":"view_submission","view":{"private_metadata":"{\"Token\":\"k1.0\"}"}}""", "view.private_metadata is none of ours")]
    public void It_is_refused_with_what_is_wrong(string sent, string wrong)
    {
        var read = SlackPayload.Read(Encoding.UTF8.GetBytes(sent));

        (read.Content, read.Wrong).ShouldBe((null, wrong));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused() => SlackPayload.Read([(byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}']).Wrong.ShouldBe("it is not UTF-8");

    [Fact]
    public void Whole_characters_written_as_escapes_are_read() =>
        SlackPayload.Read("""{"event":{"text":"\ud83d\ude00 café","channel":"C0ADS","ts":"1767225600.000100"}}"""u8).Content!["event"]!["text"]!.GetValue<string>().ShouldBe("😀 café");

    [Fact]
    public void What_a_window_was_given_is_read_back()
    {
        var given = new WindowCallback("k1.0", "slack/C0ADS/1.2", "1.3");

        WindowCallback.Read(given.Written).ShouldBe(given);
    }
}
