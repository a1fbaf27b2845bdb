using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creation.Changing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Announcing.Requests;

/// <summary>"with budget 500 and mode conservative": what somebody approves instead of what was asked for.</summary>
internal static partial class ChangeWords
{
    private const string Right = "say for example \"with budget 500\" or \"with mode conservative\", or both";

    /// <summary>The words of changes, typed after the request or put into its card; null when it is approved as it was asked for.</summary>
    public static string? Of(ImmutableDictionary<string, string> pressed, string? why)
    {
        List<string> fields = [.. new[] { "budget", "mode" }.Where(name => pressed.GetValueOrDefault(name) is { } value && value.Trim().Length > 0).Select(name => $"{name} {pressed[name].Trim()}")];
        if (fields.Count > 0)
            return string.Join(" and ", fields);

        return why is not null && With().Match(why) is { Success: true } with ? with.Groups["changes"].Value : pressed.ContainsKey("_changes") ? "" : null;
    }

    public static (ApprovalChanges? Changes, string Wrong) Read(string said, PendingApproval approval)
    {
        Money? budget = null;
        OptimisationMode? mode = null;
        foreach (var part in Between().Split(said.Trim().TrimEnd('.', '!')).Where(part => part.Length > 0))
        {
            if (Budget().Match(part) is { Success: true } amount)
            {
                if (!Amounts.TryRead(amount.Groups["it"].Value, CurrencyOf(approval), out var read, out var problem))
                    return (null, $"{problem} Nothing was changed.");

                budget = read;
            }
            else if (Mode().Match(part) is { Success: true } chosen)
            {
                mode = Enum.Parse<OptimisationMode>(chosen.Groups["it"].Value, ignoreCase: true);
            }
            else
            {
                return (null, $"\"{part}\" is nothing that can be changed: {Right}. Nothing was changed.");
            }
        }

        return budget is null && mode is null ? (null, $"Say what to change: {Right}. Nothing was changed.") : (new ApprovalChanges(budget, mode), "");
    }

    private static Currency CurrencyOf(PendingApproval approval) =>
        (approval.Kind == ApprovalKind.Launch ? AskedLaunch.Of(approval).Draft.BudgetAmount?.Currency : null) ?? Currency.Usd;

    /// <summary>Why words behind a request approve nothing; null where there are none, or none that could mean anything else. Whoever writes "not yet" or a second request does not approve it as it stands.</summary>
    public static string? Unclear(string handle, string? why) => why is null || Agreeing().IsMatch(why)
        ? null
        : $"\"{why}\" behind it is nothing that I understand, so nothing was decided. Say \"approve {handle}\" alone, for less of it \"approve {handle} with budget 500\", or \"reject {handle}\" and why; one request at a time.";

    [GeneratedRegex(@"^[\s,]*with\s+(?<changes>.+)$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex With();

    [GeneratedRegex(@"^[\s,.!]*(?:(?:it|please|pls|now|ok|okay|yes|thanks|thank you|thx|lgtm|looks? good(?: to me)?|all good|fine(?: by me)?|go ahead)[\s,.!]*)+$", RegexOptions.IgnoreCase)]
    private static partial Regex Agreeing();

    [GeneratedRegex(@"\s*(?:;|,(?=\s*[a-z])|\band\b)\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Between();

    [GeneratedRegex(@"^(?:a\s+)?(?:daily\s+)?budget\s+(?:of\s+|to\s+)?(?<it>.+)$", RegexOptions.IgnoreCase)]
    private static partial Regex Budget();

    [GeneratedRegex(@"^(?:mode\s+)?(?<it>conservative|balanced|aggressive)(?:\s+mode)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Mode();
}
