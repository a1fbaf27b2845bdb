using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;

namespace ChatOpsCampaigns.Dialogs.Wizard.Fields;

/// <summary>Step 1, where the network has several: the ad account, by its name here or its id at the network.</summary>
internal static class AccountFields
{
    public static readonly DraftField Account = new(nameof(CampaignDraft.Account), "platform", "Ad account", Find, Show)
    {
        Wanted = HasSeveral,
        Input = new FieldInput("choice", "Which ad account", value => $"account {value}")
        {
            Choices = context => [.. context.AccountsHere.Select(account => new Choice(Described(account), account.Id.Value))],
            Value = draft => draft.Account?.Value,
        },
    };

    /// <summary>"eu – EUR, Europe/Zurich".</summary>
    public static string Described(AdAccount account) => $"{account.ShortName} – {account.Currency}, {account.TimeZone}";

    private static bool HasSeveral(FieldContext context) => context.Profile is not null && context.AccountsHere.Skip(1).Any();

    private static string? Show(CampaignDraft draft, FieldContext context) =>
        HasSeveral(context) && context.AccountsHere.FirstOrDefault(account => account.Id == draft.Account) is { } account ? Described(account) : null;

    private static Found? Find(string text, FieldContext context)
    {
        if (Finding.Pattern(@"\b(?:ad\s+)?account\s*(?:is|:|=)?\s*(?<name>[\w.:-]*\w)").Match(text) is { Success: true } match)
        {
            return Named(match.Groups["name"].Value, context) is { } account
                ? Found.Right(match, draft => With(draft, account))
                : context.Sentence || context.Accounts.Count == 0 ? null : Found.Wrong(match, $"There is no ad account \"{match.Groups["name"].Value}\" here; there {Listed(context)}.");
        }

        // Who is asked for the account alone may answer with its bare name.
        return context is { Own: true, Draft.AccountOpen: true } && Finding.Pattern(@"^\s*(?<name>[\w.:-]*\w)\s*$").Match(text) is { Success: true } bare && Named(bare.Groups["name"].Value, context) is { } known
            ? Found.Right(bare, draft => With(draft, known))
            : null;
    }

    /// <summary>Null also when the words fit several.</summary>
    private static AdAccount? Named(string name, FieldContext context)
    {
        var fitting = context.AccountsHere
            .Where(account => new[] { account.Id.Value, account.ShortName, account.ExternalId }.Contains(name, StringComparer.OrdinalIgnoreCase))
            .ToList();
        return fitting.Count == 1 ? fitting[0] : null;
    }

    private static CampaignDraft With(CampaignDraft draft, AdAccount account) => draft with { Network = account.Network, Account = account.Id };

    private static string Listed(FieldContext context)
    {
        var names = context.AccountsHere.Select(account => context.Profile is null ? account.Id.Value : account.ShortName).ToList();
        return names.Count == 1 ? $"is only {names[0]}" : $"are {string.Join(", ", names)}";
    }
}
