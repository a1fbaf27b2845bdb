using System.ComponentModel.DataAnnotations;

namespace ChatOpsCampaigns.Bot.Options;

/// <summary>Section <c>Safety</c>.</summary>
internal sealed class SafetyOptions
{
    /// <summary>Campaign time between two emergency sweeps, 5 to 60 seconds. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:01:00", ErrorMessage = "Safety:SweepEvery has to be between 00:00:05 and 00:01:00.")]
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromSeconds(30);
}
