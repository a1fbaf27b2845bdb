using System.Collections.Immutable;
using System.Globalization;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Language;
using ChatOpsCampaigns.Dialogs.Wizard.Drafts;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;
using ChatOpsCampaigns.Dialogs.Wizard.Steps;

namespace ChatOpsCampaigns.Dialogs.Wizard.Reading;

/// <summary>What can be said about words that answer nothing here, with a button for each thing that they could mean.</summary>
public sealed record Hint(string Says, ImmutableArray<QuickReply> Offers)
{
    /// <summary>It says what is so already: nothing is wrong with it.</summary>
    public bool IsSame { get; init; }
}

/// <summary>
/// Words that are no answer to the present question and would be one to another's: whose, how it is said from here, and what is so now.
/// Nothing is changed by it.
/// </summary>
internal static class Unused
{
    /// <summary>Amounts that a bare one could be, as people call them.</summary>
    private static readonly ImmutableArray<(DraftField Field, string Name, bool OfADay)> Amounts =
    [
        (BudgetFields.Budget, "the budget", true), (BudgetFields.Cap, "the most for a day", true), (BudgetFields.CostCap, "the target cost", false),
        (BudgetFields.MaxBid, "the highest bid", false), (AutomationFields.MaxCpa, "the highest cost of a result", false),
    ];

    private const int Youngest = 13;
    private const int Oldest = 99;

    /// <summary>Fewer digits alone are a number of many things.</summary>
    private const int DigitsOfAnAmount = 3;

    /// <param name="asked">The step whose question waits.</param>
    public static Hint? Of(string text, DraftView view, WizardStep asked)
    {
        var said = text.Trim().TrimEnd('.', '!');
        return said.Length == 0 ? null : Age(said, asked) ?? Amount(said, view, asked) ?? Other(said, view, asked);
    }

    private static Hint? Age(string said, WizardStep asked) =>
        asked.Name == "targeting" && int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var age) && age is >= Youngest and <= Oldest
            ? new Hint(
                $"\"{said}\" could be an age: say \"{age}+\" for {age} and older, or both ends, for example \"{age}-{Math.Min(age + 26, Oldest)}\". Nothing was changed.",
                [new QuickReply($"{age} and older", $"{age}+")])
            : null;

    private static Hint? Amount(string said, DraftView view, WizardStep asked)
    {
        if (asked.Name == "budget" || !Finding.Pattern($"^(?:{MoneyReader.Pattern})$").IsMatch(said) || (said.All(char.IsAsciiDigit) && !MayBeAmount(said, asked)))
            return null;

        var reading = MoneyReader.Read(said, view.Context.Currency);
        if (reading.Amount is not { } amount)
            return new Hint($"{reading.Problem} Amounts belong to {WizardSteps.Place("budget")}: {Ways(view)}. Nothing was changed.", [new QuickReply("Edit budget", "edit budget")]);

        var fitting = Amounts.Where(one => one.Field.Wanted(view.Context) && Fits(one.OfADay, amount, view)).ToList();
        var meant = (fitting.Count > 0 ? fitting : [.. Amounts]).Select(one => (one.Name, Line: one.Field.Input!.Says(said), Now: one.Field.Show(view.Draft, view.Context))).ToList();
        var could = meant.Select(one => $"{one.Name}{(one.Now is null ? "" : $" (now {one.Now})")}, \"{one.Line}\"");
        return new Hint($"\"{said}\" alone does not say what it is for, and nothing was changed. It could be {string.Join("; or ", could)}.", [.. meant.Select(one => Reply(one.Line))]);
    }

    private static bool MayBeAmount(string digits, WizardStep asked) => asked.Name is "automation" or WizardSteps.Review || digits.Length >= DigitsOfAnAmount;

    /// <summary>A day's money is at least what the network takes, and a result's is less than a day's.</summary>
    private static bool Fits(bool ofADay, Money amount, DraftView view)
    {
        if (ofADay)
            return view.Profile?.MinimumDaily(view.Context.Currency) is not Automation.AdNetworks.BudgetMinimum.OwnFloor floor || amount >= floor.Amount;

        return view.Draft.BudgetAmount is not { } budget || budget.Currency != amount.Currency || amount < budget;
    }

    private static string Ways(DraftView view) =>
        string.Join(", ", new[] { BudgetFields.Budget, BudgetFields.Cap, BudgetFields.CostCap, BudgetFields.MaxBid }.Where(field => field.Wanted(view.Context)).Select(field => $"\"{field.Input!.Says("…")}\""));

    private static Hint? Other(string said, DraftView view, WizardStep asked)
    {
        if (said.All(char.IsAsciiDigit))
            return null;

        var readings = WizardSteps.All
            .Where(step => step != asked && step.Name != "creatives")
            .Select(step => (Step: step, Reading: LineReader.Read(said, view.Context, step.Name)))
            .Where(read => read.Reading is { IsAnything: true, Leftover.Length: 0 })
            .ToList();
        if (readings.Find(read => !read.Reading.Understood.IsEmpty) is { Reading: { } right } answers)
            return Answer(said, right, view, answers.Step, asked);

        return readings is [var (step, wrong), ..] && FieldCatalogue.Find(wrong.About.GetValueOrDefault(wrong.Problems[0], "")) is { } field
            ? new Hint($"{wrong.Problems[0]} That belongs to {WizardSteps.Place(step.Name)}{How(field, view)}. Nothing was changed.", [new QuickReply($"Edit {field.Label.ToLowerInvariant()}", $"edit {field.Label.ToLowerInvariant()}")])
            : null;
    }

    private static Hint Answer(string said, LineReading reading, DraftView view, WizardStep step, WizardStep asked)
    {
        var (field, words) = reading.Understood[0];
        var present = field.Show(view.Draft, view.Context);
        var belongs = $"\"{said}\" belongs to {WizardSteps.Place(step.Name)}, which {(present is null ? "is not answered yet" : $"has {field.Label}: {present}")}";
        if (present is not null && present == field.Show(reading.Draft, view.Context with { Draft = reading.Draft }))
            return new Hint($"{belongs} already. Nothing was changed.", []) { IsSame = true };

        var value = field.Show(reading.Draft, view.Context with { Draft = reading.Draft }) ?? words;
        var line = field.Input?.Says(words) is { } says && LineReader.Read(says, view.Context, asked.Name).Sets(field) ? says : $"change {field.Label.ToLowerInvariant()} to {value}";
        return new Hint($"{belongs}. Nothing was changed; say \"{line}\" to set it from here.", [Reply(line)]);
    }

    private static string How(DraftField field, DraftView view) => field switch
    {
        _ when field == ScheduleFields.Start => ": \"start …\", or \"until …\" for the end",
        _ when field.Step == "budget" => $": {Ways(view)}",
        { Input: { } input } when input.Says("…") is var line and not "…" => $": \"{line}\"",
        _ => "",
    };

    private static QuickReply Reply(string line) => new(char.ToUpperInvariant(line[0]) + line[1..], line);
}
