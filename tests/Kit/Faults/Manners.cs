using ChatOpsCampaigns.Automation.AdNetworks;
using Microsoft.Data.Sqlite;

namespace ChatOpsCampaigns.Kit.Faults;

/// <summary>How one part of the outside fails, and in what words.</summary>
/// <param name="Possible">What can happen to a method, by its name; nothing: it never fails.</param>
/// <param name="Says">What is thrown where there is no answer.</param>
/// <param name="LeavesOff">Whoever does not wait any more is told so.</param>
public sealed record Manners(Func<string, IReadOnlyList<Fault>> Possible, Func<Fault, Exception> Says, bool LeavesOff = true)
{
    private static readonly Fault[] OfReads = [Fault.TimesOut, Fault.Unavailable, Fault.RateLimited, Fault.Malformed, Fault.Slow, Fault.Duplicated, Fault.Reordered];
    private static readonly Fault[] OfCommands = [.. Enum.GetValues<Fault>()];
    private static readonly Fault[] OfDisks = [Fault.TimesOut, Fault.Unavailable, Fault.Slow, Fault.Reordered];
    private static readonly Fault[] OfStores = [.. OfDisks, Fault.ExecutesThenTimesOut];

    public static readonly Manners Network = new(
        method => method == nameof(IAdNetwork.ExecuteAsync) ? OfCommands : OfReads,
        fault => fault switch
        {
            Fault.Unavailable => new AdNetworkException(FaultKind.Unavailable, "503"),
            Fault.RateLimited => new AdNetworkException(FaultKind.RateLimited, "429", TimeSpan.FromSeconds(30)),
            Fault.Malformed => new AdNetworkException(FaultKind.Malformed, "an answer that is no JSON"),
            _ => new AdNetworkException(FaultKind.TimedOut, "no answer"),
        });

    /// <summary>A database that is locked or whose disk takes its time; what it wrote it may say it did not.</summary>
    public static readonly Manners Database = new(_ => OfStores, _ => new SqliteException("database is locked", 5));

    /// <summary>Notes beside the database, which never fail; they may take their time and come twice.</summary>
    public static readonly Manners Notes = new(_ => [Fault.Slow, Fault.Duplicated, Fault.Reordered], _ => new IOException("never said"), false);

    /// <summary>A disk.</summary>
    public static readonly Manners Media = new(_ => OfDisks, _ => new IOException("the disk does not answer"));

    /// <summary>A chat or a gateway: what it took may come twice, and what it did not take is said by it.</summary>
    public static readonly Manners Chat = new(
        _ => [Fault.TimesOut, Fault.ExecutesThenTimesOut, Fault.Unavailable, Fault.RateLimited, Fault.Malformed, Fault.Slow, Fault.Duplicated, Fault.Reordered],
        _ => new HttpRequestException("the chat does not answer"));
}
