namespace ChatOpsCampaigns.Automation.Creatives;

/// <summary>
/// How large the result is. A small picture gets a smaller canvas of the slot's shape, down to the slot's minimum, before
/// it is enlarged at all.
/// </summary>
/// <param name="Canvas">What comes out; even on both sides, as H.264 needs it.</param>
/// <param name="Scale">What the picture itself is multiplied by; above 1 it is enlarged.</param>
/// <param name="Lost">The share of the picture that a crop cuts away, 0–1.</param>
public sealed record Framing(PixelSize Canvas, double Scale, double Lost)
{
    /// <summary>Beyond this a picture is visibly soft. Product document: no more than doubled.</summary>
    public const double LargestScale = 2;

    public static Framing Of(PixelSize source, CreativeSlot slot, Fit fit)
    {
        var (across, down) = ((double)slot.Target.Width / source.Width, (double)slot.Target.Height / source.Height);
        var toTarget = fit == Fit.Crop ? Math.Max(across, down) : Math.Min(across, down);
        var smallest = fit == Fit.Inside
            ? Math.Max((double)slot.Minimum.Width / source.Width, (double)slot.Minimum.Height / source.Height) / toTarget
            : Math.Max((double)slot.Minimum.Width / slot.Target.Width, (double)slot.Minimum.Height / slot.Target.Height);
        var shrink = Math.Min(1, Math.Max(1 / toTarget, smallest));
        var scale = toTarget * shrink;
        var canvas = fit == Fit.Inside
            ? new PixelSize(Even(source.Width * scale, slot.Target.Width), Even(source.Height * scale, slot.Target.Height))
            : new PixelSize(Even(slot.Target.Width * shrink, slot.Target.Width), Even(slot.Target.Height * shrink, slot.Target.Height));

        return new Framing(canvas, scale, fit == Fit.Crop ? 1 - (Math.Min(across, down) / Math.Max(across, down)) : 0);
    }

    /// <summary>How far two shapes are apart: 0 is the same, 0.69 is twice as wide.</summary>
    public static double Distance(PixelSize one, PixelSize other) =>
        Math.Abs(Math.Log((double)one.Width / one.Height * other.Height / other.Width));

    private static int Even(double length, int most) => Math.Max(2, Math.Min(2 * (int)Math.Ceiling((length - 1e-6) / 2), most - (most % 2)));
}
