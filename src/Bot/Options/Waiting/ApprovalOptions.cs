using System.Globalization;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Bot.Options.Waiting;

/// <summary><c>Approvals:RemindAfter</c>, <c>EscalateAfter</c> and <c>ExpireAfter</c>: lengths of time such as 72h or 1 day, by people's own clock.</summary>
internal static class ApprovalOptions
{
    public static ApprovalTimes Times(IConfiguration configuration) => new(
        Read(configuration, nameof(ApprovalTimes.RemindAfter), ApprovalTimes.Default.RemindAfter),
        Read(configuration, nameof(ApprovalTimes.EscalateAfter), ApprovalTimes.Default.EscalateAfter),
        Read(configuration, nameof(ApprovalTimes.ExpireAfter), ApprovalTimes.Default.ExpireAfter));

    private static TimeSpan Read(IConfiguration configuration, string name, TimeSpan otherwise)
    {
        var key = $"Approvals:{name}";
        if (configuration[key] is not { Length: > 0 } text)
            return otherwise;

        if (text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var exact) && exact > TimeSpan.Zero && exact <= Amounts.Longest)
            return exact;

        return Amounts.TryRead(text, out TimeSpan time, out _)
            ? time
            : throw new InvalidOperationException($"{key} is \"{text}\"; write a length of time such as 30m, 4h or 3 days, at most {Amounts.Longest.TotalDays:0} days.");
    }
}
