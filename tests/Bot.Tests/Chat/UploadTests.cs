using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Bot.Tests.Chat;

public sealed class UploadTests(RunningBot bot)
{
    private static readonly byte[] Picture = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_is_shown_in_the_conversation_and_can_be_fetched_with_a_session_alone()
    {
        using var client = await bot.OpenAsync("files", Patience);

        var shown = await client.UploadAsync(Picture, "a.png", "image/png", Patience);

        var address = (string)shown["contentUrl"]!;
        (await client.Http.GetByteArrayAsync(address, Patience)).ShouldBe(Picture);
        using var stranger = ChatClient.Stranger(bot.Address);
        using var refused = await stranger.Http.GetAsync(address, Patience);
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_picture_has_a_small_one_and_what_is_no_picture_has_none()
    {
        using var client = await bot.OpenAsync("thumbs", Patience);
        var picture = (string)(await client.UploadAsync(Picture, "a.png", "image/png", Patience))["contentUrl"]!;
        var page = (string)(await client.UploadAsync(Encoding.UTF8.GetBytes("hello"), "b.txt", "text/plain", Patience))["contentUrl"]!;

        using var small = await client.Http.GetAsync($"{picture}/thumb", Patience);
        using var none = await client.Http.GetAsync($"{page}/thumb", Patience);

        small.Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
        none.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("../../campaigns.db", "campaigns.db")]
    [InlineData("..\\..\\boot.ini", "boot.ini")]
    [InlineData("/etc/passwd", "passwd")]
    [InlineData("..", "..")]
    [InlineData("a\u0001b.png", "ab.png")]
    [InlineData("a%22b.png", "a\"b.png")]
    public async Task A_file_name_is_never_a_path(string given, string shownAs)
    {
        using var client = await bot.OpenAsync("paths", Patience);

        var shown = await client.UploadAsync(Picture, given, "image/png", Patience);

        ((string?)shown["name"]).ShouldBe(shownAs);
        ((string)shown["contentUrl"]!).ShouldMatch("^/media/[0-9a-f]{64}$");
    }

    [Fact]
    public async Task A_page_that_is_called_a_picture_is_not_shown_as_a_page()
    {
        using var client = await bot.OpenAsync("html", Patience);

        var shown = await client.UploadAsync(Encoding.UTF8.GetBytes("<script>alert(1)</script>"), "a.png", "text/html", Patience);

        using var answer = await client.Http.GetAsync((string)shown["contentUrl"]!, Patience);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldHaveSingleItem().ShouldBe("nosniff");
    }

    [Fact]
    public async Task The_same_upload_sent_again_is_one_message()
    {
        using var client = await bot.OpenAsync("retry", Patience);

        await client.UploadAsync(Picture, "a.png", "image/png", Patience, "browser-3");
        await client.UploadAsync(Picture, "a.png", "image/png", Patience, "browser-3");

        (await client.ActivitiesAsync(Patience)).Count(activity => activity["attachments"] is JsonArray { Count: 1 } && (string?)activity["from"]!["role"] == "user").ShouldBe(1);
    }

    [Fact]
    public async Task Files_whose_activity_cannot_be_read_are_refused_with_a_sentence_and_nothing_is_shown()
    {
        using var client = await bot.OpenAsync("noactivity", Patience);
        using var form = new MultipartFormDataContent("B") { { new StringContent("{\"type\":\"message\""), "activity", "blob" }, { new ByteArrayContent(Picture), "file", "a.png" } };

        using var answer = await client.SendAsync(HttpMethod.Post, $"/v3/directline/conversations/{client.Conversation}/upload", form, Patience);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)(await ChatClient.ReadAsync(answer, Patience))["error"]!["message"]).ShouldBe("An activity has to be one object in JSON, smaller than 256 KB.");
        (await client.ActivitiesAsync(Patience)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_no_form_is_refused_with_a_sentence()
    {
        using var client = await bot.OpenAsync("noform", Patience);

        using var answer = await client.SendAsync(
            HttpMethod.Post, $"/v3/directline/conversations/{client.Conversation}/upload", new ByteArrayContent(Picture), Patience);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)(await ChatClient.ReadAsync(answer, Patience))["error"]!["message"]).ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task A_form_that_ends_in_the_middle_is_refused_with_a_sentence()
    {
        using var client = await bot.OpenAsync("cut", Patience);
        using var cut = new StringContent("--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\nabc", Encoding.UTF8);
        cut.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=B");

        using var answer = await client.SendAsync(HttpMethod.Post, $"/v3/directline/conversations/{client.Conversation}/upload", cut, Patience);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await client.ActivitiesAsync(Patience)).ShouldBeEmpty();
    }
}
