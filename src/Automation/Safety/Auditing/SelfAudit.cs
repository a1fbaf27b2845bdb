using ChatOpsCampaigns.Automation.Feed;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Safety.Auditing;

/// <summary>What the program found about itself.</summary>
/// <param name="At">Machine time.</param>
public sealed record SelfReport(DateTimeOffset At, IReadOnlyList<SelfFinding> Findings)
{
    public bool IsClean => Findings.Count == 0;
}

/// <summary>
/// Lets every check speak, and tells people of what is wrong by one incident, which closes by itself when nothing is wrong any more. A check
/// that throws is a finding: what cannot be told is not fine.
/// </summary>
public sealed partial class SelfAudit(IEnumerable<ISelfCheck> checks, SelfAuditIncident incident, TimeProvider machine, ILogger<SelfAudit> logger)
{
    /// <summary>Machine time between two looks. One minute.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly IReadOnlyList<ISelfCheck> _checks = [.. checks];
    private int _busy;

    /// <summary>The last report of this process, or null before the first.</summary>
    public SelfReport? Last { get; private set; }

    public IEnumerable<string> CheckNames => _checks.Select(check => check.Name);

    /// <exception cref="InvalidOperationException">The look before this one hangs.</exception>
    public async Task<SelfReport> LookAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _busy, 1) == 1)
            throw new InvalidOperationException("The look before this one has not ended.");

        try
        {
            return await LookOnceAsync(cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    private async Task<SelfReport> LookOnceAsync(CancellationToken cancellationToken)
    {
        var findings = new List<SelfFinding>();
        foreach (var check in _checks)
            findings.AddRange(await AskAsync(check, cancellationToken));

        Last = new SelfReport(machine.GetUtcNow(), findings);
        foreach (var finding in findings)
            Found(finding.Check, finding.Says);

        await incident.TellAsync([.. findings.Where(finding => !finding.IsToldElsewhere)], cancellationToken);
        return Last;
    }

    private async Task<IReadOnlyList<SelfFinding>> AskAsync(ISelfCheck check, CancellationToken cancellationToken)
    {
        try
        {
            return await check.LookAsync(cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            NotAsked(check.Name, fault);
            return [new SelfFinding(check.Name, Severity.High, $"whether all is well with {check.Name.Replace('_', ' ')} cannot be told; the log says why")];
        }
    }

    [LoggerMessage(EventId = 250, Level = LogLevel.Critical, Message = "The program's look at itself found ({Check}): {Says}")]
    private partial void Found(string check, string says);

    [LoggerMessage(EventId = 251, Level = LogLevel.Error, Message = "The program could not look at itself ({Check}).")]
    private partial void NotAsked(string check, Exception fault);
}
