using ImageMagick;
using ImageMagick.Configuration;

namespace ChatOpsCampaigns.Adapters.Media.Pictures;

/// <summary>
/// Limits what pictures from strangers may do, once for the process and before the first picture (time is limited from outside, by <see cref="PictureProgram"/>): no other program is started,
/// no other file is read, no format is decoded but JPEG, PNG, GIF, WebP and HEIC, and a picture that unfolds too far is refused.
/// (XC is no format of files but the plain colour that pads.)
/// </summary>
internal static class MagickGuard
{
    /// <summary>16,000 pixels.</summary>
    public const int LongestSide = 16_000;

    /// <summary>64 megapixels, read at half its width and height from where it would take more than <see cref="PictureCost.Most"/>.</summary>
    public const int MostMegapixels = 64;

    /// <summary>Passes over one picture: cameras and programs make about ten, and hundreds would take minutes.</summary>
    public const int MostScans = 32;

    /// <summary>For the picture and what is made of it: 512 MB.</summary>
    private const ulong MemoryBytes = 1UL << 29;

    private const string Policy =
        """
        <policymap>
          <policy domain="delegate" rights="none" pattern="*"/>
          <policy domain="filter" rights="none" pattern="*"/>
          <policy domain="path" rights="none" pattern="@*"/>
          <policy domain="coder" rights="none" pattern="*"/>
          <policy domain="coder" rights="read|write" pattern="{JPEG,JPG,PNG,GIF,WEBP,HEIC,XC}"/>
        </policymap>
        """;

    private static readonly Lazy<bool> Armed = new(() =>
    {
        var configuration = ConfigurationFiles.Default;
        configuration.Policy.Data = Policy;
        MagickNET.Initialize(configuration);
        ResourceLimits.Width = LongestSide;
        ResourceLimits.Height = LongestSide;
        ResourceLimits.Area = MostMegapixels * 1_000_000UL;
        ResourceLimits.Memory = MemoryBytes;
        ResourceLimits.MaxMemoryRequest = (ulong)PictureCost.Most;
        ResourceLimits.Disk = 0;
        ResourceLimits.Thread = 1;
        return true;
    });

    public static void Arm() => _ = Armed.Value;
}
