using System.Reflection;
using System.Text.RegularExpressions;

namespace ChatOpsCampaigns.Architecture.Tests;

/// <summary>How much fits into a room, and how much a type may ask for.</summary>
public sealed partial class RoomTests
{
    private const int FilesInAFolder = 12;

    private const int ParametersOfAConstructor = 5;

    /// <summary>Wider than that when this rule came; a line goes when its type is taken apart, and none is added.</summary>
    private static readonly string[] StillWider =
    [
        "AccountSweep: 6", "AccountTurns: 6", "AgentSight: 6", "AlertSender: 6", "ApprovalBoard: 6",
        "CampaignAgent: 8", "CampaignControl: 7", "CampaignNews: 7", "DashboardProjection: 8", "DemoDraft: 7", "DraftChecks: 7",
        "DraftViews: 6", "EmergencyMonitor: 9", "EmergencySweep: 6", "FastForward: 8", "FeedAnnouncer: 8",
        "HoursSwitch: 8", "IncidentBoard: 8", "IncidentBook: 6", "IncidentVoice: 6", "IntentSettler: 7",
        "LaunchBrake: 6", "LaunchDesk: 8", "LaunchWorker: 6",
        "Observer: 7", "Orphans: 7", "RaiseApproval: 6", "RaiseDesk: 8", "Scene: 6", "SkipJournal: 6", "StopEverything: 9",
        "StopKeeper: 7", "StopPause: 6", "Strays: 7", "SuggestionDesk: 7", "SweepPulse: 8", "Traces: 6", "TurnDispatcher: 6",
        "TurnRoutes: 6", "VerbRunner: 6",
    ];

    [Fact]
    public void A_folder_holds_twelve_files_unless_it_is_a_catalogue()
    {
        var crowded =
            from room in Houses.Sources("src").GroupBy(file => Path.GetDirectoryName(file)!)
            let names = room.Select(file => Path.GetFileNameWithoutExtension(file)).ToArray()
            where names.Length > FilesInAFolder && !IsCatalogue(names)
            select $"{Path.GetRelativePath(Houses.Root, room.Key)}: {names.Length} files";

        crowded.ShouldBeEmpty();
    }

    [Fact]
    public void A_namespace_follows_its_folder()
    {
        var elsewhere =
            from file in Houses.Sources("src")
            let written = Namespace().Match(File.ReadAllText(file))
            let folder = Path.GetRelativePath(Path.Combine(Houses.Root, "src"), Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.')
            where written.Success && written.Groups["name"].Value != $"ChatOpsCampaigns.{folder}"
            select Path.GetRelativePath(Houses.Root, file);

        elsewhere.ShouldBeEmpty();
    }

    /// <summary>
    /// What a type is built from are its partners; with more than five it does several jobs. A record is no partner but a fact: it has as many
    /// parameters as the fact has parts. An exception carries a fact too.
    /// </summary>
    [Fact]
    public void A_constructor_asks_for_five_things_at_most()
    {
        var greedy =
            from house in Houses.All
            from type in Houses.Written(house)
            where !IsFact(type)
            let most = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Select(constructor => constructor.GetParameters().Length).DefaultIfEmpty().Max()
            where most > ParametersOfAConstructor
            select $"{type.Name}: {most}";

        greedy.Order(StringComparer.Ordinal).ShouldBe(StillWider.Order(StringComparer.Ordinal));
    }

    /// <summary>Every file one of a kind: the same last word, beside it at most the kind itself, its interface and its list.</summary>
    private static bool IsCatalogue(IReadOnlyCollection<string> names)
    {
        var kind = names.Select(Kind).GroupBy(word => word).MaxBy(group => group.Count())!.Key;
        return names.All(name => Kind(name) == kind || name == $"I{kind}" || name == $"{kind}Catalogue");
    }

    private static string Kind(string name) => LastWord().Match(name).Value.TrimEnd('s');

    private static bool IsFact(Type type) => typeof(Exception).IsAssignableFrom(type)
        || type.GetMethod("<Clone>$") is not null
        || (type.IsValueType && type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null);

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex("[A-Z][a-z]*$")]
    private static partial Regex LastWord();
}
