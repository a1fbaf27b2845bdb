using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using CsCheck;

namespace ChatOpsCampaigns.Automation.Tests.Values;

public sealed class MoneyTests
{
    private static readonly Gen<decimal> Amounts = Gen.Long[-10_000_000_000, 10_000_000_000].Select(units => units / 10_000m);

    [Theory]
    [InlineData("USD", 500, "$500")]
    [InlineData("USD", 1247.3, "$1,247.30")]
    [InlineData("USD", -8.45, "-$8.45")]
    [InlineData("USD", 0.29, "$0.29")]
    [InlineData("JPY", 1500.4, "¥1,500")]
    [InlineData("KRW", 15000, "15,000 KRW")]
    [InlineData("KWD", 3.125, "3.125 KWD")]
    [InlineData("USD", 19.999, "$20")]
    public void Reads_as_a_person_would_write_it(string currency, double amount, string expected) =>
        new Currency(currency).Of((decimal)amount).ToString().ShouldBe(expected);

    [Fact]
    public void Different_currencies_never_mix() =>
        Should.Throw<InvalidOperationException>(() => Currency.Usd.Of(1) + new Currency("EUR").Of(1));

    [Fact]
    public void Adding_and_taking_away_gives_the_first_amount_back() => Gen.Select(Amounts, Amounts)
        .Sample((first, second) => Currency.Usd.Of(first) + Currency.Usd.Of(second) - Currency.Usd.Of(second) == Currency.Usd.Of(first), iter: Cases.OfLaws);

    [Fact]
    public void Rounding_moves_by_no_more_than_half_a_unit() => Amounts
        .Sample(amount => Math.Abs(Currency.Usd.Of(amount).Rounded().Amount - amount) <= 0.005m, iter: Cases.OfLaws);
}
