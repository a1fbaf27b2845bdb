using System.Globalization;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Language;

namespace ChatOpsCampaigns.Dialogs.Tests.Language;

public sealed class MoneyReaderTests
{
    [Theory]
    [InlineData("500", "500")]
    [InlineData("$500", "500")]
    [InlineData("$ 500", "500")]
    [InlineData("500$", "500")]
    [InlineData("500 usd", "500")]
    [InlineData("USD 500", "500")]
    [InlineData("500 dollars", "500")]
    [InlineData("500 bucks", "500")]
    [InlineData("$12.50", "12.50")]
    [InlineData("12.5", "12.5")]
    [InlineData("0.99", "0.99")]
    [InlineData("1,000", "1000")]
    [InlineData("1,000.50", "1000.50")]
    [InlineData("1,234,567.89", "1234567.89")]
    [InlineData("1 000", "1000")]
    [InlineData("1'000", "1000")]
    [InlineData("2k", "2000")]
    [InlineData("$1.5k", "1500")]
    [InlineData("٥٠٠", "500")]
    [InlineData("５００", "500")]
    public void An_amount_in_digits_is_read(string text, string amount)
    {
        var reading = MoneyReader.Read(text, Currency.Usd);

        reading.Problem.ShouldBeNull();
        reading.Amount.ShouldBe(Currency.Usd.Of(decimal.Parse(amount, CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("1.000", "could mean $1 or $1,000")]
    [InlineData("12.500", "could mean $12.50 or $12,500")]
    [InlineData("500,00", "could mean $500 or $50,000")]
    [InlineData("1.000,50", "could mean $1,000.50 or $100,050")]
    [InlineData("12,5", "could mean $12.50 or $125")]
    [InlineData("five hundred", "in digits")]
    [InlineData("a lot", "in digits")]
    [InlineData("", "in digits")]
    [InlineData("$", "in digits")]
    [InlineData("NaN", "in digits")]
    [InlineData("infinity", "in digits")]
    [InlineData("1e9", "in digits")]
    [InlineData("5e2", "in digits")]
    [InlineData("-5", "below zero")]
    [InlineData("-$5", "below zero")]
    [InlineData("$-5", "below zero")]
    [InlineData("−5", "below zero")]
    [InlineData("0", "not above zero")]
    [InlineData("0.00", "not above zero")]
    [InlineData("99999999", "check the zeros")]
    [InlineData("10.001", "could mean")]
    [InlineData("10.0001", "2 digits after the point")]
    [InlineData("€500", "counts in USD")]
    [InlineData("500 eur", "counts in USD")]
    [InlineData("£20", "counts in USD")]
    [InlineData("500 000,1", "not an amount that I can read")]
    [InlineData("500 750", "one amount or two")]
    [InlineData("1,00,000", "not an amount that I can read")]
    [InlineData("5..0", "not an amount that I can read")]
    [InlineData("99999999999999999999999999999999999", "not an amount that I can read")]
    [InlineData("99999999999999999999999999999999999,50", "not an amount that I can read")]
    public void What_is_no_clear_amount_is_asked_about_and_never_guessed(string text, string says)
    {
        var reading = MoneyReader.Read(text, Currency.Usd);

        reading.Amount.ShouldBeNull();
        reading.Problem.ShouldNotBeNull().ShouldContain(says);
    }

    [Fact]
    public void A_currency_without_cents_takes_none()
    {
        MoneyReader.Read("¥1500", new Currency("JPY")).Amount.ShouldBe(new Currency("JPY").Of(1500));
        MoneyReader.Read("1500.5", new Currency("JPY")).Problem.ShouldNotBeNull().ShouldContain("0 digits after the point");
    }

    [Theory]
    [InlineData("de-CH")]
    [InlineData("ar-SA")]
    [InlineData("tr-TR")]
    public void The_machine_s_own_language_changes_nothing(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            MoneyReader.Read("$1,000.50", Currency.Usd).Amount.ShouldBe(Currency.Usd.Of(1000.50m));
            MoneyReader.Read("500 BUCKS", Currency.Usd).Amount.ShouldBe(Currency.Usd.Of(500));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
