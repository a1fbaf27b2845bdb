using ChatOpsCampaigns.Bot.Checkup;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;

namespace ChatOpsCampaigns.Bot.Tests.Start;

/// <summary>What <c>doctor</c> and the start say of secrets that are not kept as such.</summary>
public sealed class SecretLooksTests : IDisposable
{
    private const UnixFileMode OwnersAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _folder = Directory.CreateTempSubdirectory("campaigns-secrets-").FullName;

    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_settings_file_with_a_secret_that_others_may_read_is_named_with_its_repair()
    {
        var file = Written("""{ "AdNetworks": { "Meta": { "AccessToken": "EAAB-1" } } }""", OwnersAlone | UnixFileMode.GroupRead);

        var finding = Looked(From(file)).ShouldHaveSingleItem();

        finding.ShouldBe(Finding.Warn("settings files", $"others may read {file}, and secrets stand there", $"chmod 600 {file}"));
    }

    [Fact]
    public void A_settings_file_that_is_its_owners_alone_is_in_order() =>
        Looked(From(Written("""{ "Slack": { "BotToken": "xoxb-12-34-x" } }""", OwnersAlone))).ShouldBeEmpty();

    [Fact]
    public void A_settings_file_without_a_secret_may_be_read_by_anybody() =>
        Looked(From(Written("""{ "Safety": { "SweepEvery": "00:00:30" } }""", OwnersAlone | UnixFileMode.OtherRead))).ShouldBeEmpty();

    [Theory]
    [InlineData("Slack:SigningSecret", "changeme")]
    [InlineData("Slack:BotToken", "xoxb-your-token")]
    [InlineData("Slack:BotToken", "xoxb-xxxx-xxxx")]
    [InlineData("Alerts:Email:Password", "hunter2-your-password")]
    [InlineData("Teams:ClientSecret", "<client secret>")]
    public void A_secret_out_of_an_example_is_named_and_not_repeated(string name, string value)
    {
        var finding = Looked(Set((name, value))).ShouldHaveSingleItem();

        finding.Says.ShouldBe($"{name} looks like a value out of an example");
        finding.ToString().ShouldNotContain(value);
    }

    [Theory]
    [InlineData("Slack:BotToken", "xoxb-7301-9912-Vb3kQ")]
    [InlineData("Alerts:Email:Host", "example")]
    public void What_is_no_example_or_no_secret_is_let_be(string name, string value) => Looked(Set((name, value))).ShouldBeEmpty();

    [Fact]
    public void An_environment_for_developers_is_warned_of() =>
        SecretLooks.All(Set(), new HostingEnvironment { EnvironmentName = "Development" }).ShouldHaveSingleItem().Says.ShouldStartWith("the environment is Development");

    [Theory]
    [InlineData("Debug", 1)]
    [InlineData("trace", 1)]
    [InlineData("Information", 0)]
    public void A_log_that_tells_everything_is_warned_of(string level, int findings) =>
        Looked(Set(("Logging:LogLevel:Default", level))).Count.ShouldBe(findings);

    [Fact]
    public async Task The_verb_says_it_too()
    {
        var (code, output) = await BotProcess.RunAsync(Patience, "doctor", "--AdNetworks:Meta:AccessToken", "changeme", "--Data:Folder", _folder);

        code.ShouldBe(0, output);
        output.ShouldContain("warn  secrets: AdNetworks:Meta:AccessToken looks like a value out of an example");
    }

    private string Written(string json, UnixFileMode mode)
    {
        var file = Path.Combine(_folder, "appsettings.json");
        File.WriteAllText(file, json);
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Files have no such rights there.");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, mode);

        return file;
    }

    private static IConfigurationRoot From(string file) => new ConfigurationBuilder().AddJsonFile(file).Build();

    private static IConfigurationRoot Set(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value)).Build();

    private static List<Finding> Looked(IConfiguration configuration) => [.. SecretLooks.All(configuration, new HostingEnvironment { EnvironmentName = "Production" })];
}
