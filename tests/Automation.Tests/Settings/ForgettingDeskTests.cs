using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.People.Forgetting;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Settings;

public sealed class ForgettingDeskTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ana", "local:you", "\"ana\" is nobody; a person is written with the channel, such as local:ana or slack:U0123.")]
    [InlineData("agent", "local:you", "\"agent\" is nobody; a person is written with the channel, such as local:ana or slack:U0123.")]
    [InlineData("forgotten:person-1", "local:you", "\"forgotten:person-1\" is nobody; a person is written with the channel, such as local:ana or slack:U0123.")]
    [InlineData("local:ana", "local:max", "Only Admin may forget somebody; local:max is Approver. Say which Admin does it: --by local:you.")]
    [InlineData("local:you", "local:you", "local:you is the only Admin. Make somebody else Admin first (\"people grant admin\" in the chat, or People:Roles).")]
    public async Task Says_who_cannot_be_forgotten_and_what_to_do_first(string person, string by, string says) =>
        (await LookAsync(new FakePeople(), person, by)).ShouldBe(says);

    [Fact]
    public async Task An_admin_is_forgotten_by_another_one() =>
        (await LookAsync(new FakePeople(FakePeople.You, FakePeople.Local("eve", Role.Admin)), "local:eve", "local:eve"))
            .ShouldBe("local:eve cannot do it alone: the audit trail says who forgot somebody. Let another Admin do it.");

    [Fact]
    public async Task Whoever_stands_in_the_configuration_has_to_leave_it_first() =>
        (await LookAsync(new FakePeople(), "local:ana", "local:you", [], ["OnCall:default", "People:Roles:local:ana:0"]))
            .ShouldBe("local:ana still stands in the configuration and would be known again with the next start. Take out first: OnCall:default, People:Roles:local:ana:0.");

    [Fact]
    public async Task What_is_open_and_names_them_has_to_end_first() =>
        (await LookAsync(new FakePeople(), "local:ana", "local:you", "request a3", "incident i2"))
            .ShouldBe("local:ana is named by what is not at its end: request a3, incident i2. Bring that to its end in the chat first.");

    [Fact]
    public async Task Of_much_that_is_open_five_are_named_and_the_rest_counted() =>
        (await LookAsync(new FakePeople(), "local:ana", "local:you", [.. Enumerable.Range(1, 7).Select(number => $"request a{number}")]))
            .ShouldNotBeNull().ShouldContain("request a4, request a5 and 2 more. Bring");

    [Fact]
    public async Task Nothing_is_refused_of_whom_nothing_is_open() => (await LookAsync(new FakePeople(), "local:ana", "local:you")).ShouldBeNull();

    [Fact]
    public void A_pseudonym_says_nothing_of_the_person_and_is_given_once()
    {
        var given = Enumerable.Range(0, 100).Select(_ => Pseudonyms.New()).ToList();

        given.Distinct().Count().ShouldBe(100);
        given.ShouldAllBe(pseudonym => pseudonym.IsHuman && pseudonym.Name.StartsWith("person-") && pseudonym.Value.StartsWith("forgotten:"));
    }

    private static Task<string?> LookAsync(FakePeople people, string person, string by, params string[] open) => LookAsync(people, person, by, open, []);

    private static async Task<string?> LookAsync(FakePeople people, string person, string by, string[] open, string[] settings)
    {
        var (traces, refusal) = await new ForgettingDesk(people, new Found(open)).LookAsync(new PersonId(person), new PersonId(by), settings, Cancel);
        (traces is null).ShouldBe(refusal is not null);
        return refusal;
    }

    private sealed class Found(string[] open) : IPersonalRecords
    {
        public Task<PersonalTraces> LookAsync(PersonId person, CancellationToken cancellationToken) =>
            Task.FromResult(new PersonalTraces(Pseudonyms.New(), 1, 1, 1, 0, open));

        public Task<PersonalTraces> ForgetAsync(PersonId person, PersonId by, CancellationToken cancellationToken) => throw new NotSupportedException("only looked at");
    }
}
