using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Tests.Commands;

public sealed class AmountsTests
{
    [Theory]
    [InlineData("$600", "$600")]
    [InlineData("8.45", "$8.45")]
    [InlineData("1,250.50", "$1,250.50")]
    [InlineData("2k", "$2,000")]
    [InlineData("600 usd", "$600")]
    [InlineData("$600/day", "$600")]
    [InlineData("$600 a day", "$600")]
    [InlineData("$600 per day", "$600")]
    [InlineData("600 bucks", "$600")]
    public void An_amount_is_read(string text, string amount)
    {
        Amounts.TryRead(text, Currency.Usd, out var read, out _).ShouldBeTrue();
        read.ToString().ShouldBe(amount);
    }

    [Theory]
    [InlineData("five hundred", "in digits")]
    [InlineData("1.000,50", "could mean $1,000.50 or $100,050")]
    [InlineData("1,00", "could mean $1 or $100")]
    [InlineData("15.000", "could mean $15 or $15,000")]
    [InlineData("1.000", "could mean $1 or $1,000")]
    [InlineData("8.455", "could mean $8.46 or $8,455")]
    [InlineData("8.4551", "2 digits after the point")]
    [InlineData("-5", "below zero")]
    [InlineData("0", "not above zero")]
    [InlineData("€600", "counts in USD")]
    [InlineData("600 or 700", "in digits")]
    [InlineData("c1 600", "in digits")]
    public void What_can_be_misread_is_refused_in_words(string text, string says)
    {
        Amounts.TryRead(text, Currency.Usd, out _, out var problem).ShouldBeFalse();
        problem.ShouldContain(says);
    }

    [Fact]
    public void A_currency_without_cents_takes_none()
    {
        Amounts.TryRead("500.50", new Currency("JPY"), out _, out var problem).ShouldBeFalse();
        problem.ShouldContain("0 digits after the point");
    }

    [Theory]
    [InlineData("USD", 1250.5)]
    [InlineData("JPY", 1500)]
    [InlineData("KRW", 1500)]
    [InlineData("SEK", 1250.5)]
    [InlineData("TRY", 12.34)]
    [InlineData("KWD", 8.45)]
    [InlineData("KWD", 8.455)]
    public void What_a_confirmation_repeats_is_read_as_the_same_amount(string code, double amount)
    {
        var meant = new Currency(code).Of((decimal)amount);

        Amounts.TryRead(Amounts.Written(meant), meant.Currency, out var read, out var problem).ShouldBeTrue(problem);
        read.ShouldBe(meant);
    }

    [Theory]
    [InlineData("2h", 2)]
    [InlineData("90 minutes", 1.5)]
    [InlineData("1 day", 24)]
    [InlineData("a week", 168)]
    public void A_length_of_time_is_read(string text, double hours)
    {
        Amounts.TryRead(text, out TimeSpan read, out _).ShouldBeTrue();
        read.TotalHours.ShouldBe(hours);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("0h")]
    [InlineData("400 days")]
    public void A_length_that_makes_no_sense_is_refused(string text) => Amounts.TryRead(text, out TimeSpan _, out _).ShouldBeFalse();
}
