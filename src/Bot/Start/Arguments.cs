using ChatOpsCampaigns.Bot.Auditing;
using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Bot.Measuring;
using ChatOpsCampaigns.Bot.Simulating;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace ChatOpsCampaigns.Bot.Start;

/// <summary>What stands on the command line beside settings: one verb, and <c>--empty</c>.</summary>
internal static class Arguments
{
    public const string AuditVerify = "audit verify";
    public const string AuditExport = "audit export";
    public const string Doctor = "doctor";
    public const string Forget = "forget";

    /// <summary>Every verb that is built.</summary>
    public static readonly IReadOnlyList<string> Built = [AuditVerify, AuditExport, Doctor, Forget, SimulateProgram.Verb, .. BenchProgram.Verbs];

    private const string Policy = "--policy";
    private const string Bench = "bench";
    private const string DataFolderWords = "A file of the data folder";
    private const int Refused = 1;
    private const int NotThere = 2;

    private static readonly Dictionary<string, string> Coming = new()
    {
        [Bench] = $"bench measures one thing at a time: {string.Join(", ", BenchProgram.Verbs)}.",
        ["migrate"] = "migrate is not built yet, and not needed on SQLite: the database is brought up to date at every start.",
    };

    private static readonly Dictionary<string, string> Flags = new()
    {
        ["--empty"] = "--Demo:History=false",
        ["--json"] = "--json=true",
        ["--yes"] = "--yes=true",
    };

    /// <summary>The words before the first setting: <c>audit verify</c>, or nothing for the host.</summary>
    public static string Verb(string[] args) => string.Join(' ', Words(args));

    /// <summary>What is left for the configuration. <c>--empty</c> starts without the demonstration account.</summary>
    public static string[] Settings(string[] args)
    {
        var settings = Together(args.Skip(Words(args).Count()));
        return [.. settings.Select((argument, at) => HasValue(settings, at) ? argument : Flags.GetValueOrDefault(argument, argument))];
    }

    /// <summary>Says why a verb cannot be run, and returns the exit code for it; null when it can.</summary>
    public static int? Refuse(string verb)
    {
        if (verb.Length == 0 || Built.Contains(verb))
            return null;

        Console.Error.WriteLine(Coming.GetValueOrDefault(verb.StartsWith("audit", StringComparison.Ordinal) ? verb : verb.Split(' ')[0])
            ?? $"There is no \"{verb}\". Without a verb the bot starts; the verbs are: {string.Join(", ", Built)}, {string.Join(", ", Coming.Keys.Where(coming => coming != Bench))}.");
        return NotThere;
    }

    /// <summary>What was refused at start with a sentence for the person who started it; everything else is a fault with its trace.</summary>
    public static bool IsSentence(Exception fault) =>
        fault is InvalidOperationException or OptionsValidationException or IOException { InnerException: AddressInUseException }
        || FileFault.SentenceOf(fault, DataFolderWords) is not null;

    public static string SentenceOf(Exception refusal) => refusal switch
    {
        IOException { InnerException: AddressInUseException } => $"{refusal.Message} Another program listens there: choose another address with --Urls http://127.0.0.1:4000.",
        InvalidOperationException { InnerException: FormatException or ArgumentException } when refusal.Message.Contains("configuration", StringComparison.OrdinalIgnoreCase) =>
            $"A setting cannot be read: {refusal.Message} {refusal.InnerException.Message}",
        InvalidOperationException or OptionsValidationException => refusal.Message,
        _ => FileFault.SentenceOf(refusal, DataFolderWords) ?? refusal.Message,
    };

    public static int Say(string sentence)
    {
        Console.Error.WriteLine(sentence);
        return Refused;
    }

    /// <summary>Several policies may be named one after the other, and again.</summary>
    private static string[] Together(IEnumerable<string> settings)
    {
        var (all, policies, isPolicy) = (new List<string>(), new List<string>(), false);
        foreach (var setting in settings)
        {
            var (isName, isJoined) = (setting == Policy, setting.StartsWith($"{Policy}=", StringComparison.Ordinal));
            if (isJoined)
                policies.Add(setting[(Policy.Length + 1)..]);
            else if (isPolicy && !setting.StartsWith('-'))
                policies.Add(setting);
            else if (!isName)
                all.Add(setting);

            isPolicy = isName || (isPolicy && !setting.StartsWith('-'));
        }

        return policies.Count == 0 ? [.. all] : [.. all, $"{Policy}={string.Join(',', policies)}"];
    }

    /// <summary>A file's name may follow <c>--json</c>; nothing follows <c>--empty</c>.</summary>
    private static bool HasValue(string[] settings, int at) =>
        settings[at] == "--json" && at + 1 < settings.Length && !settings[at + 1].StartsWith('-');

    private static IEnumerable<string> Words(string[] args) =>
        args.TakeWhile(argument => !argument.StartsWith('-') && !argument.Contains('='));
}
