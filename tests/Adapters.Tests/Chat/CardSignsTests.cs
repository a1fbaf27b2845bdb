using SkiaSharp;

namespace ChatOpsCampaigns.Adapters.Tests.Chat;

/// <summary>Signs that the page's font lacks are drawn as empty boxes. The page falls back to DejaVu Sans, which travels with the charts.</summary>
public sealed class CardSignsTests
{
    [Theory]
    [InlineData("DejaVuSans.ttf")]
    [InlineData("DejaVuSans-Bold.ttf")]
    public void Every_sign_on_cards_and_in_what_is_said_is_in_the_font(string font)
    {
        using var face = SKTypeface.FromFile(Path.Combine(Root(), "src", "Adapters", "Charts", "Fonts", font));
        var lacking =
            from file in Files()
            from sign in File.ReadAllText(file).EnumerateRunes()
            where !sign.IsAscii && face.GetGlyph(sign.Value) == 0
            select $"{Path.GetFileName(file)}: {sign} U+{sign.Value:X4}";

        lacking.Distinct().ShouldBeEmpty();
    }

    private static IEnumerable<string> Files() =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Root(), "cards"), "*.json"),
        .. new[] { "Dialogs", "Automation" }.SelectMany(house => Directory.EnumerateFiles(Path.Combine(Root(), "src", house), "*.cs", SearchOption.AllDirectories)),
    ];

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ChatOpsCampaigns.sln")))
            folder = folder.Parent;

        return folder.FullName;
    }
}
