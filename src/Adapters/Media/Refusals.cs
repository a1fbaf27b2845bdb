using ChatOpsCampaigns.Adapters.Media.Pictures;
using ChatOpsCampaigns.Automation.Creatives;

namespace ChatOpsCampaigns.Adapters.Media;

/// <summary>The sentences for files that cannot be used. Each says what would be right.</summary>
internal static class Refusals
{
    private const string Right = "Send pictures as JPG, PNG, WebP, GIF or HEIC, and films as MP4 or MOV.";

    public static string Empty(string name) => $"{name} is empty (0 bytes). Send it again.";

    public static string Gone(string name) => $"{name} is no longer here. Send it again.";

    public static string WrongKind(string name, SniffedContent content) => $"{name} is {content.Word}, and no ad network takes that. {Right}";

    public static string TooHeavy(string name, SniffedContent content, long bytes, long limit) =>
        $"{name} has {Measures.Words(bytes)}; {(content.IsPicture ? "a picture" : content.IsFilm ? "a film" : "a playable")} may have {Measures.Words(limit)}. Send a smaller one.";

    public static string DamagedPicture(string name, MediaFormat format) =>
        $"{name} is damaged: it begins like a {Measures.Words(format)} but cannot be read to its end. Export it again and send the new file.";

    public static string TooLarge(string name) =>
        $"{name} is larger than {MagickGuard.LongestSide} pixels on a side or {MagickGuard.MostMegapixels} megapixels. 1080×1920 is plenty; send it smaller.";

    public static string TooMuchToUnfold(string name, uint width, uint height) =>
        $"{name} has {width}×{height} pixels, and stored as it is it takes more memory to open than one picture may. 1080×1920 is plenty; send it smaller, or as a plain JPG.";

    public static string TooManyPasses(string name, int passes) =>
        $"{name} is a JPG that has to be read in {passes} passes, which takes too long. Export it again as a plain JPG and send the new file.";

    public static string TookTooMuch(string name) =>
        $"{name} could not be opened: it takes more memory than one picture may, or is damaged. Export it again as a plain JPG, 1080×1920 is plenty, and send the new file.";

    public static string TooSlowPicture(string name) =>
        $"{name} took too long to open and was given up. Export it again as a plain JPG, 1080×1920 is plenty, and send the new file.";

    public static string TooLargeFilm(string name) =>
        $"{name} takes more memory to show than one film may: its picture is too large, as 8K is. 1080×1920 is plenty; export it smaller and send the new file.";

    public static string DamagedFilm(string name) =>
        $"{name} is damaged: it cannot be played from beginning to end. Export it again as MP4 and send the new file.";

    public static string NoMovingPicture(string name) => $"{name} has no moving picture in it. Send a film with a picture, as MP4 or MOV.";

    public static string NoFfmpeg(string name) =>
        $"{name} is a film, and this machine has no ffmpeg to work on it. Pictures work meanwhile. Whoever runs the bot installs it with "
        + "`apt-get install ffmpeg` (Debian, Ubuntu), `dnf install ffmpeg` (Fedora) or `brew install ffmpeg` (macOS); then send the film again.";

    public static string TooSlow(string name) => $"{name} took too long to work on and was given up. Send a shorter or smaller film.";

    public static string Locked(string name) => $"{name} is locked with a password. Send it without one.";

    public static string BrokenZip(string name) => $"{name} cannot be unpacked. Pack it again as a plain ZIP with an index.html in it.";

    public static string NoPage(string name) =>
        $"{name} is a ZIP without an HTML page, so it is no playable. {Right} Several pictures are sent one by one, not packed.";

    public static string UnsafeZip(string name, string why) => $"{name} {why}. Pack only the playable itself: one index.html and its own files.";

    public static string FetchesFromElsewhere(string name, string host) =>
        $"{name} fetches something from {host} when it is opened, and networks play only what a playable brings along. Put that file into it and send it again.";
}
