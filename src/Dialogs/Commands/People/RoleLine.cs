using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Dialogs.Commands.People;

/// <summary>"approver ana for meta": a role, whom, and the ad account for which alone it counts.</summary>
internal sealed partial record RoleLine(Role Role, string Whom, string? For)
{
    private const string Roles = "marketer, approver, on-call or admin";

    /// <summary>What was read, or what would be right.</summary>
    public static (RoleLine? Line, string Wrong) Read(string said)
    {
        var match = Shape().Match(said.Trim());
        if (!match.Success)
            return (null, $"\"{said.Trim().Split(' ')[0]}\" is no role: say {Roles}, then whom. Nothing was changed.");

        var role = Enum.Parse<Role>(match.Groups["role"].Value.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal), ignoreCase: true);
        return (new RoleLine(role, match.Groups["whom"].Value, match.Groups["for"] is { Success: true, Value: var account } ? account.Trim() : null), "");
    }

    /// <summary>The account that is named; null for the whole workspace.</summary>
    public async Task<(AdAccountId? Account, string Wrong)> AccountAsync(IAdAccounts accounts, CancellationToken cancellationToken)
    {
        if (For is not { } named)
            return (null, "");

        var all = await accounts.AllAsync(cancellationToken);
        var fitting = all.Where(account => new[] { account.Id.Value, account.ShortName, account.ExternalId, account.Network.Value }.Contains(named, StringComparer.OrdinalIgnoreCase)).ToList();
        return fitting is [var only]
            ? (only.Id, "")
            : (null, $"{(fitting.Count > 1 ? $"\"{named}\" has {fitting.Count} accounts" : $"There is no ad account \"{named}\"")}: name one of {string.Join(", ", (fitting.Count > 1 ? fitting : all).Select(account => account.Id))}. Nothing was changed.");
    }

    [GeneratedRegex(@"^(?<role>viewer|marketer|approver|on[- ]?call|admin)\b[\s,:]*(?:(?:to|from)\s+)?(?<whom>.*?)(?:\s+for\s+(?<for>\S+))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Shape();
}
