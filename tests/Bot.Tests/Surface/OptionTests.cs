// Long because the wrong value of every option stands in one table.
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Adapters.Media.Films;
using ChatOpsCampaigns.Adapters.Persistence.Audit;
using ChatOpsCampaigns.Bot.Options;
using ChatOpsCampaigns.Bot.Start;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace ChatOpsCampaigns.Bot.Tests.Surface;

/// <summary>
/// The options on the page of promises against those that the program really reads: everything is composed over settings that note
/// what they are asked for.
/// </summary>
public sealed partial class OptionTests
{
    /// <summary>What may be any text: an id or a secret that only somebody else can judge, or a folder that is made.</summary>
    private static readonly string[] AnyText =
    [
        "AdNetworks:<Name>:AccountId", "AdNetworks:<Name>:Accounts:<key>:AccountId",
        "Alerts:Email:User", "Alerts:Email:Password", "Alerts:Sms:Token", "Alerts:Sms:To", "Alerts:Push:Token", "Alerts:Push:To",
        "Slack:SigningSecret",
    ];

    private const string AnId = "12345678-90ab-cdef-1234-567890abcdef";

    /// <summary>Something under each section, so that everything in it is asked for.</summary>
    private static readonly Dictionary<string, string?> Given = new()
    {
        ["AdNetworks:Meta:Mode"] = "Simulated",
        ["AdNetworks:Meta:Simulated:Currency"] = "USD",
        ["AdNetworks:Google:Accounts:eu:AccountId"] = "act_1",
        ["Agent:DecideEvery"] = "00:05:00",
        ["Alerts:Email:Port"] = "25",
        ["Alerts:Push:Url"] = "https://push.example.com",
        ["Alerts:Sms:Url"] = "https://sms.example.com",
        ["Approvals:LaunchAbove:USD"] = "1000",
        ["Clock:Speed"] = "1",
        ["People:Roles:local:you:0"] = "Admin",
        ["Retention:Records"] = "35.00:00:00",
        ["Safety:SweepEvery"] = "00:00:30",
    };

    [Fact]
    public void The_page_names_every_option_that_is_read_and_no_other()
    {
        var read = Read().Where(key => !IsSection(key)).Select(Shape).Where(shape => !Foreign().IsMatch(shape)).Distinct().Order(StringComparer.Ordinal).ToList();
        Written().ShouldBe(read);
    }

    [Fact]
    public void What_the_command_line_takes_is_read_or_said_to_be_unbuilt()
    {
        string[] hosts =
        [
            "Logging:", "Kestrel:", "json", "csv", "from", "to", "person", "by", "yes", "campaigns", "empty", "environment", "contentRoot", "applicationName",
            "experiment", "policy", "days", "random", "world", "data", "log", "charts",
        ];
        var read = Read();

        var silent = OptionNames.Known
            .Except(hosts)
            .Where(known => !read.Any(key => known.EndsWith(':') ? key.StartsWith(known, StringComparison.OrdinalIgnoreCase) : key.Equals(known, StringComparison.OrdinalIgnoreCase)))
            .Where(known => UnbuiltOptions.All.All(unbuilt => !unbuilt.Name.Equals(known, StringComparison.OrdinalIgnoreCase)));

        silent.ShouldBeEmpty();
        UnbuiltOptions.All.Where(unbuilt => read.Any(key => key.StartsWith(unbuilt.Name, StringComparison.OrdinalIgnoreCase))).ShouldBeEmpty();
    }

    /// <summary>A value that cannot be for every option that is read, what belongs beside it, and what the refusal says is right.</summary>
    public static readonly TheoryData<string, string, string, string> Wrong = new()
    {
        { "Urls", "http://192.0.2.2:3978", "", "127.0.0.1" },
        { "Database:Provider", "Oracle", "", "Sqlite or Postgres" },
        { "Database:ConnectionString", "nonsense", "Database:Provider=Postgres", "Host=" },
        { "Data:Folder", "appsettings.json", "", "folder" },
        { "Clock:Speed", "601", "", "from 1 to 600" },
        { "Clock:Start", "later", "", "12:00" },
        { "Demo:History", "maybe", "", "true or false" },
        { "Safety:SweepEvery", "00:10:00", "", "00:00:05 and 00:01:00" },
        { "Agent:DecideEvery", "00:00:01", "", "00:01:00" },
        { "Agent:Autonomy", "Always", "", "Act, Suggest or Shadow" },
        { "Agent:Autonomy", "7", "", "Act, Suggest or Shadow" },
        { "Retention:RawReadings", "12:00:00", "", "from 1.00:00:00 to 90.00:00:00, Retention:HourlyReadings" },
        { "Retention:HourlyReadings", "401.00:00:00", "", "from 4.00:00:00 to 400.00:00:00, Retention:DailyTotals" },
        { "Retention:DailyTotals", "30.00:00:00", "", "from 90.00:00:00 to 3650.00:00:00" },
        { "Retention:QuietTurns", "40.00:00:00", "", "from 1.00:00:00 to 35.00:00:00, Retention:Records" },
        { "Retention:Records", "-1.00:00:00", "", "from 7.00:00:00" },
        { "Retention:Records", "forever", "", "Retention:Records" },
        { "Simulator:Seed", "-1", "", "a whole number from 0" },
        { "Simulator:Latency", "long", "", "a time from 00:00:00" },
        { "Simulator:ReviewTime", "-00:00:01", "", "a time from 00:00:00" },
        { "AdNetworks:Meta:Mode", "Real", "", "Simulated or Live" },
        { "AdNetworks:Metta:Mode", "Simulated", "", "Meta" },
        { "AdNetworks:Meta:Simulated:Currency", "dollars", "", "such as USD" },
        { "AdNetworks:Meta:Simulated:TimeZone", "Mars/Olympus", "", "Europe/Zurich" },
        { "AdNetworks:Meta:Simulated:DailyLimit", "0", "", "above 0" },
        { "AdNetworks:Meta:Accounts:eu:Currency", "dollars", "", "such as USD" },
        { "AdNetworks:Meta:Accounts:eu:TimeZone", "Mars/Olympus", "", "Europe/Zurich" },
        { "AdNetworks:Meta:Accounts:eu:DailyLimit", "lots", "", "above 0" },
        { "AdNetworks:Meta:Accounts:eu:Simulated:Currency", "dollars", "", "such as USD" },
        { "AdNetworks:Meta:Accounts:eu:Simulated:TimeZone", "Mars/Olympus", "", "Europe/Zurich" },
        { "AdNetworks:Meta:Accounts:eu:Simulated:DailyLimit", "lots", "", "above 0" },
        { "Channels:default:Feed", "nowhere", "", "local/you" },
        { "Channels:default:Approvals", "slack/C1", "", "local/you" },
        { "Channels:default:Incidents", "local/", "", "local/you" },
        { "Channels:mata:Incidents", "local/you", "", "meta" },
        { "Channels:default:Incident", "local/you", "", "Incidents" },
        { "OnCall:default:0", "olga", "", "local:olga" },
        { "OnCall:default", "local:olga", "", "OnCall:default:0" },
        { "OnCall:mata:0", "local:olga", "", "meta" },
        { "People:Defaults", "maybe", "", "true or false" },
        { "People:Defaults", "false", "", "People:Roles:local:you:0=Admin" },
        { "People:Roles:local:ana:0", "Boss", "", "Marketer" },
        { "People:Roles:local:ana:0", "7", "", "Marketer" },
        { "People:Roles:local:ana", "Admin", "", "People:Roles:local:ana:0" },
        { "Approvals:LaunchAbove:USD", "-1", "", "0 or more" },
        { "Approvals:LaunchAbove:USD", "much", "", "Approvals:LaunchAbove:USD" },
        { "Approvals:RaiseAbove", "30", "", "30%" },
        { "Approvals:RemindAfter", "soon", "", "30m, 4h or 3 days" },
        { "Approvals:EscalateAfter", "-1h", "", "30m, 4h or 3 days" },
        { "Approvals:ExpireAfter", "31 days", "", "at most 30 days" },
        { "Alerts:Email:Host", "", "Alerts:Email:To=a@example.com", "smtp.example.com" },
        { "Alerts:Email:Port", "70000", "Alerts:Email:Host=smtp.example.com", "1 to 65535" },
        { "Alerts:Email:UseTls", "maybe", "", "Alerts:Email:UseTls" },
        { "Alerts:Email:From", "us", "Alerts:Email:Host=smtp.example.com", "campaigns@example.com" },
        { "Alerts:Email:To", "you", "Alerts:Email:Host=smtp.example.com;Alerts:Email:From=us@example.com", "separated by commas" },
        { "Alerts:Sms:Url", "http://sms.example.com", "", "https" },
        { "Public:BaseUrl", "campaigns.example.com", "", "https://campaigns.example.com" },
        { "Alerts:Sms:Url", "", "Alerts:Sms:Token=x", "https" },
        { "Alerts:Push:Url", "push", "", "https" },
        { "Audit:Key", "hunter2", "", "openssl rand -base64 32" },
        { "Media:Ffmpeg", "/nowhere", "", "ffmpeg and ffprobe" },
        { "Landing:Check", "maybe", "", "true or false" },
        { "Heartbeat:Url", "http://hc.example.com/abc", "", "https" },
        { "Heartbeat:File", "/nowhere/heartbeat.json", "", "a folder that there is" },
        { "Telemetry:Endpoint", "collector:4318", "", "http://127.0.0.1:4318" },
        { "Telemetry:Endpoint", "http://me:secret@127.0.0.1:4318", "", "without a name or password" },
        { "Cards:Folder", "/nowhere", "", "card templates" },
        { "Slack:BotToken", "xoxp-1", "Slack:AppToken=xapp-1", "xoxb-" },
        { "Slack:BotToken", "", "Slack:AppToken=xapp-1", "set it too" },
        { "Slack:AppToken", "xoxb-1", "Slack:BotToken=xoxb-1", "xapp-" },
        { "Slack:AppToken", "", "Slack:BotToken=xoxb-1", "connections:write" },
        { "Slack:SigningSecret", "s", "Slack:BotToken=xoxb-1", "set Public:Urls too" },
        { "Slack:ClientId", "1.2", "", "belong together" },
        { "Slack:ClientSecret", "s", "", "belong together" },
        { "Slack:ClientId", "1.2", "Slack:ClientSecret=s;Slack:AllowedWorkspaces=T0123456789;Slack:AppToken=xapp-1", "set Public:Urls too" },
        { "Slack:ClientId", "1.2", "Slack:ClientSecret=s;Slack:AllowedWorkspaces=T0123456789", "connections:write" },
        { "Slack:AllowedWorkspaces", "acme", "Slack:ClientId=1.2;Slack:ClientSecret=s", "such as T0123456789" },
        { "Slack:AllowedWorkspaces", "", "Slack:ClientId=1.2;Slack:ClientSecret=s", "name each workspace" },
        { "Slack:AllowedWorkspaces", "T0123456789", "", "Slack:ClientId is not" },
        { "Public:Urls", "https://campaigns.example.com", "", "http://127.0.0.1:4080" },
        { "Public:Urls", "http://127.0.0.1:0", "", "with a port" },
        { "Public:Urls", "http://127.0.0.1:3978", "", "a port of its own" },
        { "Slack:NativeCharts", "maybe", "", "write true or false" },
        { "Slack:ApiBaseUrl", "http://slack.example.com/api/", "", "https address that ends in /api/" },
        { "Channels:default:Feed", "slack/#ads", "Slack:BotToken=xoxb-1;Slack:AppToken=xapp-1", "slack/C0123456789" },
        { "Storage:PublicUrl", "http://campaigns.example.com", "Public:Urls=http://127.0.0.1:4080", "https://campaigns.example.com" },
        { "Storage:PublicUrl", "https://campaigns.example.com", "", "set it too" },
        { "Storage:SigningKey", "hunter2", "", "openssl rand -base64 32" },
        { "Teams:AppId", "campaigns", "", "copy the Microsoft App ID" },
        { "Teams:AppId", AnId, "Teams:TenantId=" + AnId + ";Teams:ClientSecret=s", "set Public:Urls too" },
        { "Teams:TenantId", "example.com", "Teams:AppId=" + AnId, "copy the App Tenant ID" },
        { "Teams:TenantId", AnId, "", "Teams:AppId is not set" },
        { "Teams:ClientSecret", "", "Teams:AppId=" + AnId + ";Teams:TenantId=" + AnId, "Certificates & secrets" },
        { "Teams:OpenIdMetadataUrl", "http://login.example.com/keys", "", "https address" },
        { "Teams:TokenUrl", "http://login.example.com/token", "", "https address" },
        { "Teams:AllowLocalClients", "maybe", "", "true or false" },
        { "Teams:AllowLocalClients", "true", "", "for development alone" },
        { "Teams:TargetedMessages", "maybe", "", "true or false" },
        { "Teams:NativeCharts", "maybe", "", "true or false" },
        { "Teams:PersonalTab", "maybe", "", "true or false" },
        { "Teams:PersonalTab", "true", "Teams:AppId=" + AnId + ";Teams:TenantId=" + AnId + ";Teams:ClientSecret=s", "Storage:PublicUrl too" },
        { "Teams:SignInMetadataUrl", "http://login.example.com/keys", "", "https address" },
        { "Teams:AllowLocalClients", "true", "environment=Production", "for development alone" },
        { "Teams:AllowLocalClients", "true", "environment=Development;Teams:AppId=" + AnId, "leave one of the two out" },
        { "Channels:default:Feed", "teams/ads", "environment=Development;Teams:AllowLocalClients=true", "teams/19:0123456789abcdef@thread.tacv2" },
        { "People:Roles:teams:Ana:0", "Admin", "environment=Development;Teams:AllowLocalClients=true", "object id in Entra in small letters" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_value_that_cannot_be_is_refused_with_what_would_be_right(string key, string value, string beside, string right)
    {
        var settings = beside.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => (string?)pair[1]);
        settings.TryAdd("People:Defaults", "true");
        settings[key] = value;

        var refusal = Should.Throw<Exception>(() => Compose(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()));

        Arguments.IsSentence(refusal).ShouldBeTrue(refusal.ToString());
        Arguments.SentenceOf(refusal).ShouldContain(right);
        Arguments.SentenceOf(refusal).ShouldContain(key.Split(':')[0]);
        if (key is "Audit:Key" or "Storage:SigningKey")
            Arguments.SentenceOf(refusal).ShouldNotContain(value);
    }

    [Fact]
    public void Every_option_that_is_read_has_a_wrong_value_that_was_tried_or_may_be_any_text()
    {
        var tried = Wrong.Select(row => Shape(row.Data.Item1)).Concat(AnyText).ToList();

        Written().Where(shape => !tried.Contains(shape)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Safety:SweepEvry", "Safety:SweepEvery")]
    [InlineData("Alerts:Email:Hots", "Alerts:Email:Host")]
    [InlineData("AdNetworks:Meta:AcessToken", "AdNetworks")]
    [InlineData("Database:Conection", "Database:")]
    [InlineData("Slack:BotTokn", "Slack:BotToken")]
    public void A_name_that_is_mistyped_in_a_file_or_the_environment_is_refused(string key, string meant)
    {
        OptionNames.Unknown(new ConfigurationBuilder().AddInMemoryCollection([new(key, "x")]).Build()).ShouldNotBeNull().ShouldContain(meant);
        OptionNames.Unknown(new ConfigurationBuilder().AddInMemoryCollection(Given).Build()).ShouldBeNull();
    }

    [Theory]
    [InlineData("AdNetworks:Meta:AccessToken", "live networks are not built yet")]
    [InlineData("AdNetworks:Google:Accounts:eu:ConversionActionIds:0", "live networks are not built yet")]
    [InlineData("AdNetworks:X:BaseUrl", "live networks are not built yet")]
    [InlineData("LanguageModel:ApiKey", "language models are not built yet")]
    public void What_is_set_and_not_built_is_named_without_its_value(string key, string says)
    {
        var line = UnbuiltOptions.Lines(new ConfigurationBuilder().AddInMemoryCollection([new(key, "hunter2")]).Build()).ShouldHaveSingleItem();

        line.ShouldStartWith($"{key} is set, but ");
        line.ShouldContain(says);
        line.ShouldNotContain("hunter2");
    }

    /// <summary>"`AdNetworks:&lt;Name&gt;:Simulated:Currency`, `:TimeZone`" names two keys of one section.</summary>
    private static IEnumerable<string> Keys(IEnumerable<string> quoted)
    {
        var section = "";
        foreach (var key in quoted)
        {
            var whole = key.StartsWith(':') ? section + key : key;
            section = whole[..Math.Max(0, whole.LastIndexOf(':'))];
            yield return whole;
        }
    }

    private static IReadOnlyCollection<string> Read()
    {
        var notes = new NotingProvider();
        Compose(new ConfigurationRoot([new NotingProvider.Given(Given), notes]));
        return notes.Asked;
    }

    private static IReadOnlyList<string> Written() =>
        [.. SurfacePage.Rows("## Options").SelectMany(row => Keys(SurfacePage.Quoted(row[0]))).Order(StringComparer.Ordinal)];

    /// <summary>As the program does it at start, as far as settings are asked for.</summary>
    private static void Compose(IConfigurationRoot configuration)
    {
        var folder = Directory.CreateTempSubdirectory("campaigns-options-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "appsettings.json"), "{}");
            LocalListener.Check(configuration);
            DataFolderLock.Take(DataFolderSetting.Read(configuration, new HostingIn(folder)), TimeProvider.System).Dispose();

            using var provider = new ServiceCollection().AddLogging().AddSingleton(new DataFolder(folder)).AddAll(configuration).BuildServiceProvider();
            provider.GetService<IStartupValidator>()?.Validate();
            _ = provider.GetRequiredService<FfmpegProgram>();
            _ = provider.GetRequiredService<AuditKey>().Value;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A list or a record is asked for as a whole before its parts are.</summary>
    private static bool IsSection(string key) => Sections.Contains(key) || Given.Keys.Any(given => given.StartsWith($"{key}:", StringComparison.OrdinalIgnoreCase));

    private static readonly string[] Sections = ["Kestrel:Endpoints"];

    private static string Shape(string key)
    {
        var shape = Network().Replace(key, "AdNetworks:<Name>");
        shape = Account().Replace(shape, "Accounts:<key>:");
        shape = Channels().Replace(shape, "Channels:<account or default>:");
        shape = OnCall().Replace(shape, "OnCall:<account or default>");
        shape = Limit().Replace(shape, "Approvals:LaunchAbove:<currency>");
        return Roles().Replace(shape, "People:Roles:<channel>:<id>");
    }

    [GeneratedRegex("^AdNetworks:[A-Za-z]+")]
    private static partial Regex Network();

    [GeneratedRegex("Accounts:[a-z]+:")]
    private static partial Regex Account();

    [GeneratedRegex("^Channels:[a-z:]+:")]
    private static partial Regex Channels();

    [GeneratedRegex("^OnCall:[a-z:]+$")]
    private static partial Regex OnCall();

    [GeneratedRegex("^Approvals:LaunchAbove:[A-Z]+$")]
    private static partial Regex Limit();

    [GeneratedRegex("^People:Roles:[a-z]+:[a-z]+.*$")]
    private static partial Regex Roles();

    /// <summary>Asked for by the framework.</summary>
    [GeneratedRegex("^Logging|^Kestrel")]
    private static partial Regex Foreign();

    /// <summary>Holds nothing and notes every key that it is asked for.</summary>
    private sealed class NotingProvider : IConfigurationProvider
    {
        private readonly HashSet<string> _asked = new(StringComparer.OrdinalIgnoreCase);

        public IReadOnlyCollection<string> Asked => _asked;

        public bool TryGet(string key, out string? value)
        {
            _asked.Add(key);
            value = null;
            return false;
        }

        public void Set(string key, string? value)
        {
        }

        public IChangeToken GetReloadToken() => new ConfigurationReloadToken();

        public void Load()
        {
        }

        public IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath) => earlierKeys;

        public sealed class Given : ConfigurationProvider
        {
            public Given(IDictionary<string, string?> settings) => Data = new Dictionary<string, string?>(settings, StringComparer.OrdinalIgnoreCase);
        }
    }

    private sealed class HostingIn(string folder) : Microsoft.Extensions.Hosting.IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "Test";

        public string ApplicationName { get; set; } = "campaigns";

        public string ContentRootPath { get; set; } = folder;

        public Microsoft.Extensions.FileProviders.IFileProvider ContentRootFileProvider { get; set; } = new Microsoft.Extensions.FileProviders.NullFileProvider();
    }
}
