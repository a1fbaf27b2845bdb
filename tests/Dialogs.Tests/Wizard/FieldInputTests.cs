using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Wizard;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;
using ChatOpsCampaigns.Dialogs.Wizard.Reading;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Wizard;

/// <summary>What a card's inputs hold is said in words, and the words are read back as that field and no other.</summary>
public sealed class FieldInputTests
{
    /// <summary>Values of text inputs; of choices every one is taken.</summary>
    private static readonly Dictionary<string, string[]> Typed = new()
    {
        ["Name"] = ["Spring sale", "Facebook in Germany, $500 a day", "hours 6-22"],
        ["Destination"] = ["https://apps.apple.com/app/id42"],
        ["Destination.Tracking"] = ["utm_source=facebook&utm_campaign=spring"],
        ["Destination.Pixel"] = ["987654"],
        ["Destination.LeadForm"] = ["445566"],
        ["Destination.Payer"] = ["Lumen Games Ltd", "Google Friends, Inc.", "Über Spiele GmbH & Co"],
        ["Destination.Beneficiary"] = ["Lumen Games Ltd", "Canada Dry, LLC"],
        ["MinorsBelow"] = ["13", "16", "18"],
        ["Countries"] = ["US, CA", "DE, AT, CH", "germany"],
        ["AgeMin"] = ["18-44", "21+"],
        ["Interests"] = ["gaming, shopping", "Apple, Unity"],
        ["CustomAudiences"] = ["vip", "vip, newsletter", "none"],
        ["BudgetAmount"] = ["500", "$500", "1,250.50"],
        ["MaxDailySpend"] = ["750", "$750"],
        ["TargetCpa"] = ["12", "$12.50"],
        ["MaxBid"] = ["15"],
        ["TargetRoas"] = ["3", "2.5"],
        ["Worth"] = ["24"],
        ["Automation.MinRoas"] = ["2", "2.5"],
        ["Automation.MaxCpa"] = ["18"],
        ["Schedule"] = ["now", "tomorrow 9am", "2026-04-01T09:30"],
        ["Schedule.End"] = ["never", "31 Dec", "2026-12-31T18:00"],
        ["Schedule.Hours"] = ["6-22", "6-10, 18-22", "22-6", "8", "6am-10pm", "all"],
    };

    public static TheoryData<string> Fields => [.. FieldCatalogue.InShownOrder.Select(known => known.Name)];

    [Theory]
    [MemberData(nameof(Fields))]
    public void What_an_input_says_is_read_back_as_its_field_alone(string name)
    {
        var field = FieldCatalogue.Find(name)!;
        var context = Context(name);
        field.Wanted(context).ShouldBeTrue("it would never be asked");
        foreach (var value in Values(field, context))
        {
            var said = field.Input!.Says(value);
            var reading = LineReader.Read(said, context, field.Step);

            reading.Problems.ShouldBeEmpty(said);
            reading.Leftover.ShouldBeEmpty(said);
            reading.Understood.Select(read => read.Field.Name).Distinct().ShouldBe([name], said);
            Others(field, reading.Draft, context).ShouldBe(Others(field, context.Draft, context), said);
        }
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void What_an_input_begins_with_says_the_same_again(string name)
    {
        var field = FieldCatalogue.Find(name)!;
        var context = Context(name);
        foreach (var value in Values(field, context))
        {
            var first = LineReader.Read(field.Input!.Says(value), context, field.Step).Draft;
            var here = context with { Draft = first };
            if ((field.Input.ValueHere is { } place ? place(here) : field.Input.Value(first)) is not { Length: > 0 } begins)
                continue;

            var again = LineReader.Read(field.Input.Says(begins), here, field.Step);

            again.Problems.ShouldBeEmpty(begins);
            field.Show(again.Draft, here with { Draft = again.Draft }).ShouldBe(field.Show(first, here), begins);
        }
    }

    [Proves(17)]
    [Theory]
    [MemberData(nameof(Fields))]
    public void Every_field_is_changed_from_the_review_by_its_value_alone(string name)
    {
        var field = FieldCatalogue.Find(name)!;
        var context = Context(name);
        foreach (var value in Values(field, context).Where(value => value.Length > 0))
        {
            var reading = FieldEdit.Read(field, value, context);

            reading.Problems.ShouldBeEmpty(value);
            reading.Understood.Select(read => read.Field.Name).Distinct().ShouldBe([name], value);
        }
    }

    private static IEnumerable<string> Values(DraftField field, FieldContext context)
    {
        var input = field.Input.ShouldNotBeNull($"{field.Name} cannot be entered on a card");
        var choices = input.Choices(context).Select(choice => choice.Value).ToList();
        return input.Kind switch
        {
            "text" => Typed[field.Name],
            "choice" => choices,
            _ => [.. choices, string.Join(',', choices)],
        };
    }

    /// <summary>What shows differently because of a field: a target ROAS is a strategy, a cost is of what is counted, an account has its network, no automation has no switches.</summary>
    private static readonly (DraftField Field, DraftField Other)[] Follows =
    [
        (BudgetFields.TargetRoas, BudgetFields.Strategy), (BudgetKindFields.Kind, BudgetFields.Budget), (AutomationFields.Mode, AutomationFields.Switches),
        (PlatformFields.Network, AccountFields.Account), (ObjectiveFields.Type, BudgetFields.CostCap), (ObjectiveFields.Goal, BudgetFields.CostCap),
    ];

    private static List<string> Others(DraftField field, CampaignDraft draft, FieldContext context) =>
    [
        .. FieldCatalogue.InShownOrder
            .Where(other => other != field && !Follows.Contains((field, other)))
            .Select(other => $"{other.Name}: {other.Show(draft, context with { Draft = draft })}"),
    ];

    /// <summary>A draft in which the field is asked.</summary>
    private static FieldContext Context(string name)
    {
        var network = name switch
        {
            nameof(CampaignDraft.Genres) => "Unity",
            nameof(CampaignDraft.PredictedLtvTop) => "AppLovin",
            _ => "Meta",
        };
        var draft = A.Draft() with
        {
            Network = new NetworkName(network),
            Destination = name switch
            {
                "Destination" => new Destination { StoreUrl = "https://apps.apple.com/app/id1", Os = DeviceOs.Ios },
                "Destination.Tracking" => new Destination { LandingUrl = "https://example.com/offer" },
                _ => new Destination(),
            },
            Type = name is "Destination.Pixel" or "Destination.LeadForm" ? CampaignType.Conversion : CampaignType.AppInstall,
            Objective = name == "Destination.LeadForm" ? Objective.Leads : name == "Destination.Pixel" ? Objective.Purchases : Objective.Installs,
            Countries = name.StartsWith("Destination.", StringComparison.Ordinal) ? ["DE"] : ["US"],
            AgeMin = name == nameof(CampaignDraft.MinorsBelow) ? 16 : 18,
        };
        AdAccount[] accounts = [A.Account(network), A.Account(network) with { Id = new AdAccountId($"{network.ToLowerInvariant()}:eu"), ExternalId = "act-2" }];
        return new FieldContext(
            draft, A.Networks, A.Networks.First(profile => profile.Name.Value == network), Currency.Usd, TimeZoneInfo.FindSystemTimeZoneById("America/New_York"), A.Noon)
        {
            Accounts = accounts,
        };
    }
}
