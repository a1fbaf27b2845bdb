using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Bot.Endpoints;
using ChatOpsCampaigns.Kit;
using ImageMagick;

namespace ChatOpsCampaigns.Bot.Tests.Chat;

/// <summary>Files of gigabytes, uploads that break off, and pictures that unfold to gigabytes, through the real program.</summary>
public sealed class HeavyUploadTests
{
    private const long FiveGigabytes = 5L << 30;

    /// <summary>More than the program takes by itself, and much less than what is sent.</summary>
    private const long Most = 512L << 20;

    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_film_of_5_GB_is_answered_with_its_limit_and_never_read()
    {
        await using var bot = await BotProcess.StartAloneAsync(Patience, "--empty");
        using var client = await ChatClient.OpenAsync(bot.Address, "ana", Patience);
        await using var memory = new PeakMemory(bot.Id);
        var film = Path.Combine(Directory.CreateTempSubdirectory("campaigns-files-").FullName, "film.mp4");
        await using var sparse = new FileStream(film, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 4096, FileOptions.DeleteOnClose);
        sparse.SetLength(FiveGigabytes);
        using var form = new MultipartFormDataContent("B") { { new StreamContent(sparse), "file", "film.mp4" } };

        try
        {
            using var answer = await client.SendAsync(HttpMethod.Post, Upload(client), form, Patience);
            answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        }
        catch (HttpRequestException)
        {
            // The line is closed while it still sends; the chat says why.
        }

        await client.SeesAsync("What you sent has 5 GB; a film may have 500 MB, and all files of one message 600 MB together.", Patience);
        sparse.Position.ShouldBeLessThan(FiveGigabytes / 50);
        memory.Own.ShouldBeLessThan(Most);
        Incoming(bot).ShouldBeEmpty();
        bot.Output.ShouldNotContain("fail:");
    }

    [Fact]
    public async Task What_the_page_left_behind_is_answered_on_a_card_beside_the_others()
    {
        await using var bot = await BotProcess.StartAloneAsync(Patience, "--empty");
        using var client = await ChatClient.OpenAsync(bot.Address, "ana", Patience);
        await client.SayAsync("new campaign on facebook", Patience);

        await SendAsync(client, [("film.mp4", FiveGigabytes)], [("a.png", Picture(1200))], ["film.mp4", "a.png"]);

        await client.SeesAsync("film.mp4 has 5 GB; a film may have 500 MB. Send a smaller one", Patience);
        await client.SeesAsync("PNG image, 1200", Patience);
        var shown = (await client.ActivitiesAsync(Patience)).Last(activity => (string?)activity["from"]!["role"] == "user");
        Names(shown).ShouldBe(["film.mp4", "a.png"]);
        ((string?)shown["attachments"]![0]!["contentUrl"]).ShouldBeNull();
    }

    [Fact]
    public async Task Sizes_stand_beside_their_own_files_in_whatever_order_they_came()
    {
        await using var bot = await BotProcess.StartAloneAsync(Patience, "--empty");
        using var client = await ChatClient.OpenAsync(bot.Address, "ana", Patience);
        var (small, large) = (Picture(10), new byte[3_000_000]);

        await SendAsync(client, [], [("small.png", small), ("large.mp4", large)], ["large.mp4", "small.png"]);

        var shown = (await client.ActivitiesAsync(Patience)).First(activity => (string?)activity["from"]!["role"] == "user");
        Names(shown).ShouldBe(["large.mp4", "small.png"]);
        shown["channelData"]!["attachmentSizes"]!.AsArray().Select(size => (long)size!).ShouldBe([large.Length, small.Length]);
    }

    [Fact]
    public async Task An_upload_that_breaks_off_leaves_nothing_behind()
    {
        await using var bot = await BotProcess.StartAloneAsync(Patience, "--empty");
        using var client = await ChatClient.OpenAsync(bot.Address, "ana", Patience);
        using (var line = new TcpClient())
        {
            await line.ConnectAsync(bot.Address.Host, bot.Address.Port, Patience);
            var head = $"POST {Upload(client)} HTTP/1.1\r\nHost: {bot.Address.Authority}\r\nAuthorization: Bearer {client.Token}\r\n"
                + "Content-Type: multipart/form-data; boundary=B\r\nContent-Length: 1000000\r\n\r\n"
                + "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n";
            await line.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), Patience);
            await line.GetStream().WriteAsync(new byte[300_000], Patience);
            await UntilAsync(() => Incoming(bot).Length == 1);
        }

        await UntilAsync(() => Incoming(bot).Length == 0);
        (await client.ActivitiesAsync(Patience)).ShouldBeEmpty();
        bot.Output.ShouldNotContain("fail:");
    }

    [Fact]
    public async Task Pictures_that_unfold_to_gigabytes_get_a_sentence_and_take_no_memory()
    {
        await using var bot = await BotProcess.StartAloneAsync(Patience, "--empty");
        using var client = await ChatClient.OpenAsync(bot.Address, "ana", Patience);
        await client.SayAsync("new campaign on facebook", Patience);
        var bombs = Bombs.All();
        await using var memory = new PeakMemory(bot.Id);

        await SendAsync(client, [], bombs, [.. bombs.Select(bomb => bomb.Name)]);

        await client.SeesAsync("plain.png is larger than 16000 pixels on a side or 64 megapixels", Patience);
        await client.SeesAsync("6000 pixels, and stored as it is it takes more memory", Patience);
        await client.SeesAsync("GIF image, 1000", Patience);
        await client.SeesAsync("1000 pixels, and stored as it is it takes more memory", Patience);
        // One that lives for a moment only may not be seen by who looks every now and then.
        memory.Children.ShouldBeGreaterThanOrEqualTo(1);
        memory.MostOfOneChild.ShouldBeInRange(1, Most);
        memory.Own.ShouldBeLessThan(Most);
    }

    [Theory]
    [InlineData("../a/<b>x</b>.png", "b>.png")]
    [InlineData("\u202Egnp.exe", "gnp.exe")]
    [InlineData("*a* [b](http://c) 👨‍👩‍👧.png", "c) 👨‍👩‍👧.png")]
    [InlineData("", "file")]
    public void A_name_is_shown_as_what_it_is(string given, string shown) => SentFile.CleanName(given).ShouldBe(shown);

    [Theory]
    [InlineData("a")]
    [InlineData("😀")]
    public void A_name_of_300_letters_is_shortened_between_two_of_them_and_keeps_its_ending(string letter)
    {
        var name = SentFile.CleanName($"{string.Concat(Enumerable.Repeat(letter, 300))}.png");

        name.ShouldEndWith("….png");
        name.Length.ShouldBeInRange(110, 120);
        name.EnumerateRunes().ShouldNotContain(rune => rune.Value == 0xFFFD);
    }

    private static string Upload(ChatClient client) => $"/v3/directline/conversations/{client.Conversation}/upload";

    private static string[] Incoming(BotProcess bot) =>
        Path.Combine(bot.Folder, "media", "incoming") is var folder && Directory.Exists(folder) ? Directory.GetFiles(folder) : [];

    private static string?[] Names(JsonObject activity) => [.. activity["attachments"]!.AsArray().Select(one => (string?)one!["name"])];

    private static byte[] Picture(uint side)
    {
        using var picture = new MagickImage(MagickColors.SeaGreen, side, side);
        return picture.ToByteArray(MagickFormat.Png);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (!isSo())
            await every.WaitForNextTickAsync(Patience);
    }

    private static async Task SendAsync(ChatClient client, (string Name, long Bytes)[] leftBehind, (string Name, byte[] Bytes)[] files, string[] order)
    {
        var activity = ChatClient.Message("");
        activity["channelData"]!["leftBehind"] = new JsonArray([.. leftBehind.Select(one => new JsonObject { ["name"] = one.Name, ["bytes"] = one.Bytes })]);
        activity["attachments"] = new JsonArray([.. order.Select(name => new JsonObject { ["name"] = name, ["contentType"] = "application/octet-stream" })]);
        using var form = new MultipartFormDataContent("B");
        var described = new StringContent(activity.ToJsonString(), Encoding.UTF8, "application/vnd.microsoft.activity");
        described.Headers.ContentDisposition = ContentDispositionHeaderValue.Parse("form-data; name=\"activity\"; filename=\"blob\"");
        form.Add(described);
        foreach (var (name, bytes) in files)
            form.Add(new ByteArrayContent(bytes), "file", name);

        using var answer = await client.SendAsync(HttpMethod.Post, Upload(client), form, Patience);
        answer.EnsureSuccessStatusCode();
    }
}
