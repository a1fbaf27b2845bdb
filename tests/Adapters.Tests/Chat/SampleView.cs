using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Tests.Chat;

/// <summary>A sample in the place of a view-model: its fields are the sample's.</summary>
internal sealed class SampleView(string name, JsonObject sample) : ICardView
{
    [JsonIgnore]
    public string Template => name;

    [JsonIgnore]
    public string Fallback => (string?)sample["fallback"] ?? "";

    [JsonExtensionData]
    public Dictionary<string, JsonElement> Fields => sample.ToDictionary(known => known.Key, known => JsonSerializer.SerializeToElement(known.Value));
}
