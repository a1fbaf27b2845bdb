using ChatOpsCampaigns.Adapters;

namespace ChatOpsCampaigns.Bot.Start;

internal static class DataFolderSetting
{
    /// <summary><c>Data:Folder</c>, by default <c>data</c> under the content root; relative ones hang on the content root too.</summary>
    public static DataFolder Read(IConfiguration configuration, IHostEnvironment environment) =>
        new(Path.GetFullPath(Path.Combine(environment.ContentRootPath, configuration["Data:Folder"] is { Length: > 0 } folder ? folder : "data")));
}
