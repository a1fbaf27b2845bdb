using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Adapters.Persistence.Retention;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Bot.Tests.Jobs;

/// <summary>Files of the media folder that nothing names any more, on the real disk.</summary>
public sealed class UnusedMediaTests
{
    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_nothing_names_goes_once_it_is_older_than_records_are_kept_and_all_else_stays()
    {
        await using var bot = InProcessBot.Start();
        var (unnamed, young, named, again) = (await KeepAsync(bot, 1), await KeepAsync(bot, 2), await KeepAsync(bot, 3), await KeepAsync(bot, 4));
        await bot.Get<IDraftStore>().SaveAsync(A.Draft() with { Creatives = [A.Picture() with { File = named }] }, Patience);
        var (half, foreign) = (Put(bot, "incoming", "half"), Put(bot, "readme.txt"));
        Age(bot, 36, PathOf(bot, unnamed), PathOf(bot, named), PathOf(bot, again), half, foreign);
        Age(bot, 34, PathOf(bot, young));
        await KeepAsync(bot, 4);

        await KeepHouseAsync(bot);

        Left(bot).ShouldBe(new[] { young.Value, named.Value, again.Value, "readme.txt" }, ignoreOrder: true);
    }

    [Fact]
    public async Task A_file_goes_with_what_was_made_of_it_and_stays_with_it()
    {
        await using var bot = InProcessBot.Start();
        var (gone, stays) = (await PreparedAsync(bot, 1), await PreparedAsync(bot, 2));
        await bot.Get<IDraftStore>().SaveAsync(A.Draft() with { Creatives = [A.Picture() with { File = stays.Source }] }, Patience);
        Age(bot, 36, [.. Directory.EnumerateFiles(bot.Get<DataFolder>().Media, "*", SearchOption.AllDirectories)]);

        await KeepHouseAsync(bot);

        Left(bot).Where(name => !name.EndsWith(".json", StringComparison.Ordinal)).ShouldBe(new[] { stays.Source.Value, stays.File.Value, stays.Thumbnail.Value }, ignoreOrder: true);
        (await bot.Get<IPreparedStore>().FindAsync(stays.Source, "recipe", Patience)).ShouldNotBeNull();
        (await bot.Get<IPreparedStore>().FindAsync(gone.Source, "recipe", Patience)).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_no_longer_named_goes_a_day_later()
    {
        await using var bot = InProcessBot.Start();
        var file = await KeepAsync(bot, 1);
        await bot.Get<IDraftStore>().SaveAsync(A.Draft() with { Creatives = [A.Picture() with { File = file }] }, Patience);
        Age(bot, 36, PathOf(bot, file));
        await KeepHouseAsync(bot);
        await bot.Get<IDraftStore>().DeleteAsync(A.Draft().Id, Patience);
        Left(bot).ShouldBe([file.Value]);

        await KeepHouseAsync(bot, TimeSpan.FromHours(1));
        Left(bot).ShouldBe([file.Value], "what is named is looked up once a day");
        await KeepHouseAsync(bot, TimeSpan.FromDays(1));

        Left(bot).ShouldBeEmpty();
    }

    private static async Task KeepHouseAsync(InProcessBot bot, TimeSpan later = default)
    {
        while (await bot.Get<Housekeeping>().DoSomeAsync(bot.Get<CampaignClock>().GetUtcNow(), bot.Machine.GetUtcNow() + later, Patience))
        {
            // It is done in small parts.
        }
    }

    private static async Task<Digest> KeepAsync(InProcessBot bot, params byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return await bot.Get<IMediaStore>().KeepAsync(stream, Patience);
    }

    private static async Task<PreparedCreative> PreparedAsync(InProcessBot bot, byte number)
    {
        var creative = A.Picture();
        var made = new PreparedCreative(
            await KeepAsync(bot, number), await KeepAsync(bot, number, 1), await KeepAsync(bot, number, 2), creative.Kind, creative.Format, "Square", creative.Size, creative.Bytes, null, []);
        await bot.Get<IPreparedStore>().KeepAsync(made, "recipe", Patience);
        return made;
    }

    private static string Put(InProcessBot bot, params string[] path)
    {
        var file = Path.Combine([bot.Get<DataFolder>().Media, .. path]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "x");
        return file;
    }

    private static string PathOf(InProcessBot bot, Digest file) => Path.Combine(bot.Get<DataFolder>().Media, file.Value[..2], file.Value);

    private static void Age(InProcessBot bot, int days, params string[] files)
    {
        foreach (var file in files)
            File.SetLastWriteTimeUtc(file, bot.Machine.GetUtcNow().UtcDateTime.AddDays(-days));
    }

    private static IEnumerable<string> Left(InProcessBot bot) =>
        Directory.EnumerateFiles(bot.Get<DataFolder>().Media, "*", SearchOption.AllDirectories).Select(file => Path.GetFileName(file)!);
}
