namespace ChatOpsCampaigns.Bot.Composition;

/// <summary>What stands on the command line beside settings: verbs, and <c>--empty</c>.</summary>
internal static class Arguments
{
    private const int Refused = 1;

    private static readonly Dictionary<string, string> Coming = new()
    {
        ["simulate"] = "simulate is not built yet; \"fast forward 1 day\" and \"simulate runaway <name>\" in the chat are.",
        ["bench"] = "bench is not built yet.",
        ["doctor"] = "doctor is not built yet; what is missing is said at start and in the chat's settings.",
        ["migrate"] = "migrate is not needed on SQLite: the database is brought up to date at every start.",
    };

    /// <summary><c>--empty</c> starts without the demonstration account.</summary>
    public static string[] Settings(string[] args) =>
        [.. args.Select(argument => argument == "--empty" ? "--Demo:History=false" : argument)];

    public static string? NotBuiltYet(string[] args) => args.Length > 0 ? Coming.GetValueOrDefault(args[0]) : null;

    public static int Say(string sentence)
    {
        Console.Error.WriteLine(sentence);
        return Refused;
    }
}
