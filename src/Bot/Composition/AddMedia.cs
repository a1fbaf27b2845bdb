using ChatOpsCampaigns.Adapters.Media;
using ChatOpsCampaigns.Adapters.Media.Films;
using ChatOpsCampaigns.Adapters.Media.Pictures;
using ChatOpsCampaigns.Adapters.Persistence.Audit;
using ChatOpsCampaigns.Automation.Campaigns.Checks;
using ChatOpsCampaigns.Automation.Campaigns.Checks.Ads;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Bot.Jobs;
using ChatOpsCampaigns.Bot.Options;

namespace ChatOpsCampaigns.Bot.Composition;

internal static class MediaServices
{
    /// <summary>Files, pictures and films. <c>Media:Ffmpeg</c> is the folder of ffmpeg and ffprobe; without it the search path is used.</summary>
    public static IServiceCollection AddMedia(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<IMediaStore, FileMediaStore>()
        .AddSingleton<IPreparedStore, FilePreparedStore>()
        .AddSingleton<UnusedFiles>()
        .AddSingleton(StorageOptions.From(configuration))
        .AddSingleton(provider => provider.GetRequiredService<StorageOptions>().Pictures(provider.GetRequiredService<AuditKey>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new FfmpegProgram(FfmpegFolder(configuration), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new PictureProgram(PictureCommand.Of(typeof(Program).Assembly), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<PictureEditor>()
        .AddSingleton<FfmpegVideoEditor>()
        .AddSingleton<PlayableInspector>()
        .AddSingleton<ICreativeEditor, CreativeEditor>()
        .AddSingleton<PreparationQueue>()
        .AddSingleton<CreativeProcessor>()
        .AddSingleton<ICreativePreparation>(provider => provider.GetRequiredService<CreativeProcessor>())
        .AddSingleton<PreparationFaults>()
        .AddSingleton<IPreparationWatcher>(provider => provider.GetRequiredService<PreparationFaults>())
        .AddSingleton<IDraftCheck, CreativesCouldBePrepared>()
        .AddSingleton<PreparationRunner>()
        .AddHostedService<PreparationWorker>();

    private static string FfmpegFolder(IConfiguration configuration)
    {
        var folder = configuration["Media:Ffmpeg"] ?? "";
        return folder.Length == 0 || new[] { "ffmpeg", "ffmpeg.exe" }.Any(program => File.Exists(Path.Combine(folder, program)))
            ? folder
            : throw new InvalidOperationException($"Media:Ffmpeg is \"{folder}\"; it has to be the folder that holds ffmpeg and ffprobe. Without it the search path is used.");
    }
}
