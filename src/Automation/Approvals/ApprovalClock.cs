using System.Globalization;

namespace ChatOpsCampaigns.Automation.Approvals;

/// <summary>How long a request waits, by people's own clock, before somebody is reminded, Admins are told, and it runs out.</summary>
public sealed record ApprovalTimes(TimeSpan RemindAfter, TimeSpan EscalateAfter, TimeSpan ExpireAfter)
{
    public static readonly ApprovalTimes Default = new(TimeSpan.FromHours(1), TimeSpan.FromHours(4), TimeSpan.FromHours(72));
}

/// <summary>People's clock, and what it means for a request.</summary>
public sealed class ApprovalClock(TimeProvider machine, ApprovalTimes times)
{
    public DateTimeOffset GetUtcNow() => machine.GetUtcNow();

    public bool IsOver(PendingApproval approval) => AgeOf(approval) >= times.ExpireAfter;

    /// <summary>"72 h".</summary>
    public string Allowed => Words(times.ExpireAfter);

    /// <summary>"4 h".</summary>
    public string Waited(PendingApproval approval) => Words(AgeOf(approval));

    /// <summary>Nobody was reminded and Admins were not told; once they are, nobody needs to be reminded.</summary>
    public bool IsToRemind(PendingApproval approval) => approval is { RemindedAt: null, EscalatedAt: null } && AgeOf(approval) >= times.RemindAfter;

    public bool IsToEscalate(PendingApproval approval) => approval.EscalatedAt is null && AgeOf(approval) >= times.EscalateAfter;

    private TimeSpan AgeOf(PendingApproval approval) => machine.GetUtcNow() - approval.RequestedAt;

    private static string Words(TimeSpan time) => time < TimeSpan.FromHours(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(time.TotalHours):0} h");
}
