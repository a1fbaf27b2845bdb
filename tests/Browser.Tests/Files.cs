using ImageMagick;

namespace ChatOpsCampaigns.Browser.Tests;

/// <summary>Files as a marketer has them, made on the spot.</summary>
internal static class Files
{
    private const uint Side = 1200;

    /// <summary>A square picture; another name is another colour, so that no two are the same file.</summary>
    public static string Square(string name)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("campaigns-files-").FullName, name);
        using var picture = new MagickImage(new MagickColor((byte)(name[0] * 3), (byte)(name[1] * 5), (byte)(name.Length * 20)), Side, Side);
        picture.Write(file, MagickFormat.Png);
        return file;
    }
}
