namespace ChatOpsCampaigns.Bot.Tests.Crashing;

/// <summary>A picture that is dropped, killed at points of its way: it is in the draft once, whole and prepared.</summary>
public sealed class UploadCrashTests
{
    private const string Name = "dropped.png";

    private static readonly byte[] Picture = LaunchCrashTests.Picture(1);

    private static readonly string[] Dangerous = ["MediaStore.Keep.after#1", "Inbox.Add.before#1", "DraftStore.Save.after#1"];

    [Fact(Timeout = 600_000)]
    public Task A_picture_whose_upload_was_killed_is_in_the_draft_once() => CrashRun.AtAsync(Upload, Dangerous, TestContext.Current.CancellationToken);

    [Fact(Timeout = 3_600_000)]
    [Trait("Length", "Long")]
    public Task Killed_at_every_point_of_an_upload() => CrashRun.EverywhereAsync(Upload, TestContext.Current.CancellationToken);

    private static CrashWay Upload => new(
        "you", Name,
        async (bot, patience) => await bot.CountAsync(Creatives, patience) > 0 && Directory.EnumerateFiles(Path.Combine(bot.Folder, "media"), "*.json", SearchOption.AllDirectories).Any(),
        async (life, patience) =>
        {
            (await life.CountAsync(Creatives, patience)).ShouldBe(1, life.Point);
            var digest = await life.Bot.TextAsync("SELECT json_extract(creative.value, '$.File') FROM Drafts, json_each(Drafts.Body, '$.Creatives') AS creative", patience);
            (await File.ReadAllBytesAsync(Path.Combine(life.Bot.Folder, "media", digest[..2], digest), patience)).ShouldBe(Picture, life.Point);
        })
    {
        Arguments = ["--empty"],
        Ports = ["MediaStore.", "Inbox.", "DraftStore.", "PreparedStore.", "ActivityLog.", "ConversationStore."],

        // The browser tries again under the same number when it got no answer.
        SayAsync = (client, patience) => client.UploadAsync(Picture, Name, "image/png", patience, clientId: "dropped-1"),
        PrepareAsync = async (bot, patience) => (await LaunchCrashTests.ToCreativesAsync(bot, "you", 50, patience)).Dispose(),
    };

    private const string Creatives = $"SELECT COUNT(*) FROM Drafts, json_each(Drafts.Body, '$.Creatives') AS creative WHERE json_extract(creative.value, '$.FileName') = '{Name}'";
}
