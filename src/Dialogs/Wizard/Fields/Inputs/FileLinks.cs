using System.Text.RegularExpressions;

namespace ChatOpsCampaigns.Dialogs.Wizard.Fields.Inputs;

/// <summary>A link to a picture or film, or its bare name, in the place of the file itself. It is never where a click leads.</summary>
internal static class FileLinks
{
    private const string Right = "Drop the file itself into the chat; I do not fetch it from elsewhere.";

    private static readonly Regex Media = Finding.Pattern(
        @"(?<![\w/?&=])(?:https?://)?[^\s,;?#]+\.(?:jpe?g|jfif|png|webp|gif|heic|heif|avif|bmp|tiff?|svg|psd|mp4|m4v|mov|qt|avi|mkv|webm)(?:[?#][^\s,;]*)?(?![\w/.])");

    private static readonly Regex Link = Finding.Pattern(@"\b(?:https?://|www\.)[^\s,;]+");

    private static readonly Regex Store = Finding.Pattern(@"^(?:https?://)?(?:(?:apps|itunes)\.apple|play\.google)\.com/");

    public static Found? Find(string text, FieldContext context)
    {
        if (Media.Match(text) is { Success: true } media)
            return Found.Wrong(media, $"\"{media.Value}\" is a link to a file. {Right}");

        return context.Draft.Step == "creatives" && Link.Matches(text).FirstOrDefault(link => !Store.IsMatch(link.Value)) is { } other
            ? Found.Wrong(other, $"\"{other.Value}\" is a link. {Right} Where a click leads is asked in the next step.")
            : null;
    }
}
