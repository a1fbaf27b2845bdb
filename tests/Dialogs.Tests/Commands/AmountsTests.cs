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
    public void An_amount_is_read(string text, string amount)
    {
        Amounts.TryRead(text, Currency.Usd, out var read, out _).ShouldBeTrue();
        read.ToString().ShouldBe(amount);
    }

    [Theory]
    [InlineData("five hundred")]
    [InlineData("1.000,50")]
    [InlineData("1,00")]
    [InlineData("-5")]
    [InlineData("0")]
    [InlineData("€600")]
    public void What_can_be_misread_is_refused_in_words(string text)
    {
        Amounts.TryRead(text, Currency.Usd, out _, out var problem).ShouldBeFalse();
        problem.ShouldNotBeEmpty();
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
