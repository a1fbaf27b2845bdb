using System.Globalization;
using ChatOpsCampaigns.Automation.Campaigns;

namespace ChatOpsCampaigns.Dialogs.Wizard.Fields.Inputs;

/// <summary>The lookalike on a card: every source with every share, or none.</summary>
internal static class LookalikeInput
{
    private const string NoneSaid = "none";

    private static readonly int[] Shares = [1, 5, 10];

    public static readonly FieldInput Input = new("choice", "People like these", value => value == NoneSaid ? "no lookalike" : $"lookalike {value} %")
    {
        Choices = _ =>
        [
            new Choice("No lookalike", NoneSaid),
            .. from source in Enum.GetValues<LookalikeSource>()
               from share in Shares
               select new Choice(string.Create(CultureInfo.InvariantCulture, $"Like {TargetingFields.Words(source)}, closest {share} %"), ValueOf(new Lookalike(source, share))),
        ],
        Value = draft => draft.Lookalike is { } lookalike ? ValueOf(lookalike) : NoneSaid,
    };

    private static string ValueOf(Lookalike lookalike) => string.Create(
        CultureInfo.InvariantCulture, $"{lookalike.Source switch { LookalikeSource.Purchasers => "purchasers", LookalikeSource.HighLtv => "high ltv", _ => "existing users" }} {lookalike.Percent}");
}
