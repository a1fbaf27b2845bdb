using System.Text.RegularExpressions;
using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Adapters.Media;
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
    /// <summary>Something under each section, so that everything in it is asked for.</summary>
    private static readonly Dictionary<string, string?> Given = new()
    {
        ["AdNetworks:Meta:Mode"] = "Simulated",
        ["AdNetworks:Meta:Simulated:Currency"] = "USD",
        ["AdNetworks:Google:Accounts:eu:AccountId"] = "act_1",
        ["Agent:DecideEvery"] = "00:05:00",
        ["Alerts:Email:Port"] = "25",
        ["Alerts:Push:To"] = "x",
        ["Alerts:Sms:To"] = "x",
        ["Approvals:LaunchAbove:USD"] = "1000",
        ["Clock:Speed"] = "1",
        ["People:Roles:local:you:0"] = "Admin",
        ["Safety:SweepEvery"] = "00:00:30",
    };

    [Fact]
    public void The_page_names_every_option_that_is_read_and_no_other()
    {
        var read = Read().Where(key => !IsSection(key)).Select(Shape).Where(shape => !Foreign().IsMatch(shape)).Distinct().Order(StringComparer.Ordinal).ToList();
        var written = SurfacePage.Rows("## Options").SelectMany(row => Keys(SurfacePage.Quoted(row[0]))).Order(StringComparer.Ordinal).ToList();

        written.ShouldBe(read);
    }

    [Fact]
    public void What_the_command_line_takes_is_read_or_said_to_be_unbuilt()
    {
        string[] hosts = ["Logging:", "Kestrel:", "json", "csv", "from", "to", "campaigns", "empty", "environment", "contentRoot", "applicationName"];
        var read = Read();

        var silent = OptionNames.Known
            .Except(hosts)
            .Where(known => !read.Any(key => known.EndsWith(':') ? key.StartsWith(known, StringComparison.OrdinalIgnoreCase) : key.Equals(known, StringComparison.OrdinalIgnoreCase)))
            .Where(known => UnbuiltOptions.All.All(unbuilt => !unbuilt.Name.Equals(known, StringComparison.OrdinalIgnoreCase)));

        silent.ShouldBeEmpty();
        UnbuiltOptions.All.Where(unbuilt => read.Any(key => key.StartsWith(unbuilt.Name, StringComparison.OrdinalIgnoreCase))).ShouldBeEmpty();
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
        var folder = Directory.CreateTempSubdirectory("campaigns-options-").FullName;
        var notes = new NotingProvider();
        IConfigurationRoot configuration = new ConfigurationRoot([new NotingProvider.Given(Given), notes]);
        LocalListener.Check(configuration);
        DataFolderSetting.Read(configuration, new HostingIn(folder));

        var services = new ServiceCollection().AddLogging().AddSingleton(new DataFolder(folder)).AddAll(configuration);
        using (var provider = services.BuildServiceProvider())
        {
            _ = provider.GetRequiredService<IOptions<SafetyOptions>>().Value;
            _ = provider.GetRequiredService<FfmpegProgram>();
            _ = provider.GetRequiredService<AuditKey>();
        }

        Directory.Delete(folder, recursive: true);
        return notes.Asked;
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
