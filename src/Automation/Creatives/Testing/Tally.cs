using System.Text.Json.Serialization;

namespace ChatOpsCampaigns.Automation.Creatives.Testing;

/// <summary>How much a creative was tried, and what came of it. Tried is impressions for click rates and money for results.</summary>
public readonly record struct Tally(double Tried, double Won)
{
    [JsonIgnore]
    public double Rate => Tried > 0 ? Won / Tried : 0;

    public static Tally operator +(Tally one, Tally other) => new(one.Tried + other.Tried, one.Won + other.Won);

    public static Tally operator -(Tally all, Tally part) => new(all.Tried - part.Tried, all.Won - part.Won);

    public static Tally Of(IEnumerable<Tally> parts) => parts.Aggregate(default(Tally), (sum, part) => sum + part);
}
