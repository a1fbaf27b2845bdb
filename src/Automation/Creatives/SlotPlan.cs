using System.Collections.Immutable;
using System.Globalization;
using ChatOpsCampaigns.Automation.AdNetworks;

namespace ChatOpsCampaigns.Automation.Creatives;

/// <summary>What would be done to one picture or film for one slot, and what stands against it.</summary>
/// <param name="Changes">For people, for example "HEIC → JPG".</param>
/// <param name="Problems">What a person has to put right, each a sentence; empty when it can be prepared.</param>
public sealed record SlotPlan(CreativeSlot Slot, Fit Fit, Framing Framing, ImmutableArray<string> Changes, ImmutableArray<string> Problems)
{
    /// <summary>Up to this share of the picture is cut away without asking; beyond it the picture gets bars.</summary>
    private const double UnnoticedCrop = .05;

    /// <summary>Shapes nearer than this are the same to the eye; see <see cref="Framing.Distance"/>.</summary>
    private const double SameShape = .01;

    /// <summary>A film that loses more than this, or more than half of itself, is not trimmed before a person says so.</summary>
    private static readonly TimeSpan UnnoticedTrim = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan SameLength = TimeSpan.FromMilliseconds(100);

    public bool IsPossible => Problems.IsEmpty;

    /// <summary>Everything that shapes the result; slots of different networks with the same recipe share one file.</summary>
    public string Recipe
    {
        get
        {
            var formats = string.Join('+', Slot.Formats.Select(Measures.Words));
            return string.Create(
                CultureInfo.InvariantCulture, $"1/{Slot.Kind}/{Framing.Canvas}/{Fit}/{formats}/{Slot.MaxBytes}/{Slot.MaxDuration?.TotalSeconds ?? 0}");
        }
    }

    /// <summary>The slot that suits best by shape, or the nearest one with its problems; null when the network has none of this kind.</summary>
    public static SlotPlan? Best(SourceCreative creative, NetworkProfile profile)
    {
        var plans = profile.Slots
            .Where(slot => slot.Kind == creative.Kind)
            .Select(slot => Of(creative, slot))
            .OrderBy(plan => Math.Round(Framing.Distance(creative.Size, plan.Slot.Target), 2))
            .ThenBy(plan => plan.Framing.Scale)
            .ToList();

        return plans.Find(plan => plan.IsPossible) ?? plans.FirstOrDefault();
    }

    /// <summary>The slot that a creative is prepared for; null when nothing can be made of it here.</summary>
    public static SlotPlan? Possible(SourceCreative creative, NetworkProfile profile) => creative switch
    {
        { Kind: CreativeKind.Image or CreativeKind.Video, Size: { Width: > 0, Height: > 0 } } =>
            Best(creative, profile) is { IsPossible: true } plan ? plan : null,
        _ => null,
    };

    /// <summary>The ways of bringing a creative to a network's shape, when its own is another; empty when the shapes are the same.</summary>
    public static ImmutableArray<Fit> Choices(SourceCreative creative, NetworkProfile profile) =>
        Possible(creative, profile) is { } plan && Framing.Distance(creative.Size, plan.Slot.Target) < SameShape
            ? []
            : [.. Enum.GetValues<Fit>().Where(fit => Possible(creative with { Fit = fit }, profile) is not null)];

    public static SlotPlan Of(SourceCreative creative, CreativeSlot slot)
    {
        var fit = creative.Fit ?? (Framing.Of(creative.Size, slot, Fit.Crop).Lost <= UnnoticedCrop ? Fit.Crop : Fit.Pad);
        var framing = Framing.Of(creative.Size, slot, fit);
        return new SlotPlan(slot, fit, framing, [.. ChangesOf(creative, slot, fit, framing)], [.. ProblemsOf(creative, slot, framing)]);
    }

    /// <summary>The format that comes out: JPG for pictures where the slot takes it, MP4 for films.</summary>
    public static MediaFormat ResultOf(CreativeSlot slot) => slot.Kind == CreativeKind.Video || slot.Formats.Contains(MediaFormat.Mp4)
        ? MediaFormat.Mp4
        : slot.Formats.Contains(MediaFormat.Jpeg) ? MediaFormat.Jpeg : MediaFormat.Png;

    private static IEnumerable<string> ChangesOf(SourceCreative creative, CreativeSlot slot, Fit fit, Framing framing)
    {
        if (creative.Format != ResultOf(slot))
            yield return $"{Measures.Words(creative.Format)} → {Measures.Words(ResultOf(slot))}";

        if (creative.Size != framing.Canvas)
            yield return $"{creative.Size} → {framing.Canvas}";

        if (framing.Scale > 1.005)
            yield return string.Create(CultureInfo.InvariantCulture, $"enlarged {framing.Scale:0.##}×");

        if (fit == Fit.Pad && Framing.Distance(creative.Size, framing.Canvas) > SameShape)
            yield return Wider(creative.Size, slot.Target) ? "bars above and below" : "bars left and right";

        if (fit == Fit.Crop && framing.Lost > .005)
            yield return string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(framing.Lost * 100):0} % cut off {(Wider(creative.Size, slot.Target) ? "left and right" : "above and below")}");

        if (creative.Kind == CreativeKind.Video && slot.MaxDuration is { } longest && creative.Duration > longest + SameLength)
            yield return $"trim {Measures.Words(creative.Duration.Value)} → {Measures.Words(longest)}, with its sound";

        if (creative is { Kind: CreativeKind.Image, Duration: not null })
            yield return "only the first picture of the animation (an MP4 would keep it moving)";
    }

    private static IEnumerable<string> ProblemsOf(SourceCreative creative, CreativeSlot slot, Framing framing)
    {
        if (framing.Scale > Framing.LargestScale || framing.Canvas.Width < slot.Minimum.Width || framing.Canvas.Height < slot.Minimum.Height)
        {
            yield return $"{slot.Name} needs at least {slot.Minimum}, best {slot.Target}; {creative.FileName} has {creative.Size}, and enlarging it more than "
                + "twice would make it blurred. Send it larger.";
        }

        if (creative.Kind == CreativeKind.Video && slot.MinDuration is { } shortest && creative.Duration + SameLength < shortest)
        {
            yield return $"{slot.Name} needs at least {Measures.Words(shortest)}; {creative.FileName} runs {Measures.Words(creative.Duration ?? TimeSpan.Zero)}. "
                + "Send a longer film.";
        }

        if (slot.MaxDuration is { } longest && !creative.TrimAccepted && LosesMuch(creative, longest))
        {
            var lost = creative.Duration!.Value - longest;
            yield return $"{slot.Name} shows at most {Measures.Words(longest)}; {creative.FileName} runs {Measures.Words(creative.Duration.Value)}, and "
                + $"{(lost > longest ? "more than half of it" : $"the last {Measures.Words(lost)} of it")} would be cut off. Say \"trim {creative.FileName}\" to show its beginning alone, or send a shorter film.";
        }
    }

    private static bool LosesMuch(SourceCreative creative, TimeSpan longest) =>
        creative is { Kind: CreativeKind.Video, Duration: { } duration } && (duration - longest > UnnoticedTrim || duration > longest * 2);

    private static bool Wider(PixelSize one, PixelSize other) => (long)one.Width * other.Height > (long)other.Width * one.Height;
}
