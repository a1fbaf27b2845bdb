using System.Text.Json;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.Media;

/// <summary>
/// A note for each thing that was made, beside the files themselves: whoever deletes or restores the media folder deletes or
/// restores both. A note that cannot be read counts as absent.
/// </summary>
internal sealed class FilePreparedStore(DataFolder folder) : IPreparedStore
{
    public const string Notes = "prepared";

    public async Task<PreparedCreative?> FindAsync(Digest source, string recipe, CancellationToken cancellationToken) =>
        PathOf(source, recipe) is var path && File.Exists(path) ? await ReadAsync(path, cancellationToken) : null;

    /// <summary>Null when the note cannot be read.</summary>
    public static async Task<PreparedCreative?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return JsonSerializer.Deserialize<PreparedCreative>(await File.ReadAllTextAsync(path, cancellationToken));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public async Task KeepAsync(PreparedCreative prepared, string recipe, CancellationToken cancellationToken)
    {
        var path = PathOf(prepared.Source, recipe);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Guid.NewGuid():N}";
        await File.WriteAllTextAsync(temporary, JsonSerializer.Serialize(prepared), cancellationToken);
        File.Move(temporary, path, overwrite: true);
    }

    private string PathOf(Digest source, string recipe) => Path.Combine(folder.Media, Notes, $"{Digest.Of($"{source}/{recipe}")}.json");
}
